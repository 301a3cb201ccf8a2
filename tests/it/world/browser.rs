//! A browser without a screen: cookies, redirects and the headers by which browsers tell where a request comes from.

use std::collections::BTreeMap;
use std::sync::Mutex;

use cookie::Cookie;
use lti13_tool::testing::SimulatedPlatform;
use reqwest::header::{ACCEPT_LANGUAGE, COOKIE, HeaderMap, HeaderName, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use url::Url;

use super::page::Page;

/// Where the platform shows the tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    Tab,
    Frame,
}

/// Whose page sends a form.
#[derive(Clone, Copy)]
pub(crate) enum Sender<'a> {
    Us,
    Platform(&'a SimulatedPlatform),
    Stranger,
}

/// One browser with its cookies; the cookies of `Secure` are sent to localhost as Chromium and Firefox do.
pub(crate) struct Browser {
    base: Url,
    client: Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    pub(crate) fn new(base: &Url) -> Self {
        Self::with(base, HeaderMap::new())
    }

    /// A browser whose requests come through a proxy, which says from where.
    pub(crate) fn from_address(base: &Url, address: &str) -> Self {
        let forwarded = HeaderName::from_static("x-forwarded-for");
        Self::with(base, HeaderMap::from_iter([(forwarded, address.parse().unwrap())]))
    }

    fn with(base: &Url, headers: HeaderMap) -> Self {
        Self {
            base: base.clone(),
            // no connection is kept: one to a service that has died meanwhile would be an error of the test
            client: Client::builder()
                .redirect(Policy::none())
                .pool_max_idle_per_host(0)
                .default_headers(headers)
                .build()
                .unwrap(),
            cookies: Mutex::default(),
        }
    }

    /// Opens an address of ours in a tab and follows our redirects.
    pub(crate) async fn get(&self, path: &str) -> Page {
        let request = self.request(Method::GET, path, "same-origin", Container::Tab);
        self.arrive(request.send().await.unwrap()).await
    }

    /// Opens an address of ours in a frame of the platform.
    pub(crate) async fn get_in_frame(&self, path: &str) -> Page {
        let request = self.request(Method::GET, path, "cross-site", Container::Frame);
        self.arrive(request.send().await.unwrap()).await
    }

    /// Sends a form from a page of ours and follows our redirects.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.send(Sender::Us, Container::Tab, path, &form).await
    }

    /// Sends a form with these fields from a page of ours.
    pub(crate) async fn post_fields(&self, path: &str, form: &[(String, String)]) -> Page {
        self.send(Sender::Us, Container::Tab, path, form).await
    }

    /// Sends a form from anybody's page.
    pub(crate) async fn send(
        &self,
        sender: Sender<'_>,
        container: Container,
        path: &str,
        form: &[(String, String)],
    ) -> Page {
        let (site, origin) = match sender {
            // `Referrer-Policy: no-referrer` makes browsers hide the origin of our own forms
            Sender::Us => ("same-origin", "null"),
            Sender::Platform(platform) => ("cross-site", platform.issuer()),
            Sender::Stranger => ("cross-site", "https://stranger.example"),
        };
        let request = self.request(Method::POST, path, site, container).header(ORIGIN, origin);
        self.arrive(request.form(form).send().await.unwrap()).await
    }

    /// Sends an empty form to a service that may die meanwhile.
    pub(crate) async fn try_post(&self, path: &str) -> reqwest::Result<Response> {
        let request = self.request(Method::POST, path, "same-origin", Container::Tab);
        request.header(ORIGIN, "null").send().await
    }

    /// Opens an address of such a service, and follows nothing.
    pub(crate) async fn try_get(&self, path: &str) -> reqwest::Result<Response> {
        let request = self.request(Method::GET, path, "same-origin", Container::Tab);
        request.send().await
    }

    /// The same with a form.
    pub(crate) async fn try_post_form(&self, path: &str, form: &[(&str, &str)]) -> reqwest::Result<Response> {
        let request = self.request(Method::POST, path, "same-origin", Container::Tab);
        request.header(ORIGIN, "null").form(form).send().await
    }

    /// Opens a stream of events, as a live page does, and leaves it open.
    pub(crate) async fn follow(&self, path: &str) -> Response {
        let request = self.request(Method::GET, path, "same-origin", Container::Tab);
        request.send().await.unwrap()
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    pub(crate) fn cookie_names(&self) -> Vec<String> {
        self.cookies.lock().unwrap().keys().cloned().collect()
    }

    /// Forgets all cookies, as a frame does where they are blocked.
    pub(crate) fn drop_cookies(&self) {
        self.cookies.lock().unwrap().clear();
    }

    fn request(&self, method: Method, path: &str, site: &str, container: Container) -> RequestBuilder {
        let destination = match container {
            Container::Tab => "document",
            Container::Frame => "iframe",
        };
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self.client.request(method, self.base.join(path).unwrap());
        let request = request
            .header("sec-fetch-site", site)
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", destination)
            .header(ACCEPT_LANGUAGE, "de-DE,de;q=0.9");
        if cookies.is_empty() {
            request
        } else {
            request.header(COOKIE, cookies.join("; "))
        }
    }

    async fn arrive(&self, mut response: Response) -> Page {
        for _ in 0..5 {
            self.keep(&response);
            let next = response
                .headers()
                .get(LOCATION)
                .and_then(|location| response.url().join(location.to_str().ok()?).ok())
                .filter(|next| next.origin() == self.base.origin());
            let Some(next) = next else {
                return Page::read(response).await;
            };
            let path = format!(
                "{}{}",
                next.path(),
                next.query().map_or(String::new(), |query| format!("?{query}"))
            );
            let request = self.request(Method::GET, &path, "same-origin", Container::Tab);
            response = request.send().await.unwrap();
        }
        panic!("too many redirects");
    }

    fn keep(&self, response: &Response) {
        let mut kept = self.cookies.lock().unwrap();
        for header in response.headers().get_all(SET_COOKIE) {
            let cookie = Cookie::parse(header.to_str().unwrap().to_owned()).unwrap();
            let host_bound = cookie.secure() == Some(true) && cookie.path() == Some("/") && cookie.domain().is_none();
            assert!(
                host_bound && cookie.name().starts_with("__Host-") && cookie.http_only() == Some(true),
                "a browser refuses it, or a script could read it: {}",
                cookie.name()
            );
            if cookie.max_age() == Some(cookie::time::Duration::ZERO) {
                kept.remove(cookie.name());
            } else {
                kept.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }
}
