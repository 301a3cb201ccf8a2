//! What a browser shows: a page that can be read, and forms that can be filled in.

use reqwest::Response;
use reqwest::header::{HeaderMap, LOCATION};
use scraper::{ElementRef, Html, Selector};

use super::browser::{Browser, Container, Sender};

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Of the address, after redirects.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    /// Where a redirect to another site leads.
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

/// A form with the values it has on the page.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Page {
    pub(super) async fn read(response: Response) -> Self {
        let headers = response.headers().clone();
        Self {
            status: response.status().as_u16(),
            path: response.url().path().to_owned(),
            location: headers.get(LOCATION).map(|value| value.to_str().unwrap().to_owned()),
            headers,
            body: response.text().await.unwrap(),
        }
    }

    /// A header's value, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// All visible words of the body, with single spaces.
    pub(crate) fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let text: String = html.root_element().text().collect::<Vec<_>>().join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        let html = Html::parse_document(&self.body);
        html.select(&Selector::parse(selector).unwrap()).next().is_some()
    }

    /// An attribute of the first element that fits.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let html = Html::parse_document(&self.body);
        let element = html.select(&Selector::parse(selector).unwrap()).next()?;
        element.value().attr(name).map(str::to_owned)
    }

    /// An attribute of every element that fits.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).unwrap();
        html.select(&selector)
            .filter_map(|element| element.value().attr(name).map(str::to_owned))
            .collect()
    }

    /// The part of the page that fits the selector and has this text in it.
    pub(crate) fn part(&self, selector: &str, text: &str) -> Self {
        let html = Html::parse_document(&self.body);
        let part = html
            .select(&Selector::parse(selector).unwrap())
            .find(|part| part.text().any(|words| words.contains(text)))
            .unwrap_or_else(|| panic!("no {selector} with {text}: {}", self.text()));
        Self {
            body: part.html(),
            ..self.clone()
        }
    }

    /// The same page without what differs between any two answers, for comparing.
    pub(crate) fn sealed(&self) -> String {
        let mut headers: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !["date", "content-length"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        format!("{} {}\n{}\n{}", self.status, self.path, headers.join("\n"), self.body)
    }

    /// The reference number of an error page, as it also stands in the log.
    pub(crate) fn reference(&self) -> String {
        let text = self.text();
        let (_, rest) = text.rsplit_once("Kennzeichen: ").unwrap_or_else(|| panic!("{text}"));
        rest.chars().take_while(char::is_ascii_hexdigit).collect()
    }

    /// The form that is sent to this path.
    pub(crate) fn form(&self, action: &str) -> Form {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(&format!("form[action='{action}']")).unwrap();
        let form = html
            .select(&selector)
            .next()
            .unwrap_or_else(|| panic!("no form for {action}: {}", self.text()));
        Form {
            action: action.to_owned(),
            fields: fields(form),
        }
    }
}

impl Form {
    /// Fills in a field, in place of what stands there.
    #[must_use]
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.add(name, value)
    }

    /// Adds one more value for a name, such as a second tick.
    #[must_use]
    pub(crate) fn add(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        fields.find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// Presses a button that sends the form elsewhere.
    #[must_use]
    pub(crate) fn to(mut self, action: &str) -> Self {
        action.clone_into(&mut self.action);
        self
    }

    /// Sends it from our own page.
    pub(crate) async fn send(&self, browser: &Browser) -> Page {
        browser
            .send(Sender::Us, Container::Tab, &self.action, &self.fields)
            .await
    }
}

/// As a browser would send them without a click on a particular button.
fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let selector = Selector::parse("input[name], textarea[name], select[name]").unwrap();
    form.select(&selector).filter_map(field).collect()
}

fn field(element: ElementRef<'_>) -> Option<(String, String)> {
    let value = element.value();
    let name = value.attr("name")?.to_owned();
    let given = value.attr("value").unwrap_or_default().to_owned();
    match (value.name(), value.attr("type")) {
        ("textarea", _) => Some((name, element.text().collect())),
        ("select", _) => {
            let chosen = Selector::parse("option[selected]").unwrap();
            let first = Selector::parse("option").unwrap();
            let option = element
                .select(&chosen)
                .next()
                .or_else(|| element.select(&first).next())?;
            Some((name, option.value().attr("value").unwrap_or_default().to_owned()))
        }
        (_, Some("checkbox" | "radio")) if value.attr("checked").is_none() => None,
        (_, Some("submit" | "button")) => None,
        _ => Some((name, given)),
    }
}
