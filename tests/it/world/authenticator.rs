//! A device with one passkey and the browser around it: answers what a page asks, or what somebody makes of it.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::Url;

use super::browser::Browser;
use super::page::Page;

/// Present and verified.
const SOMEBODY: u8 = 1 | 1 << 2;
const ATTESTED: u8 = 1 << 6;

/// One device.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
}

/// What goes into an answer; a hostile one changes it before it is signed.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) purpose: &'static str,
    pub(crate) challenge: String,
    pub(crate) origin: String,
    pub(crate) host: String,
    pub(crate) flags: u8,
    pub(crate) counter: u32,
    /// The path and the fields that the form has besides.
    action: String,
    fields: Vec<(String, String)>,
}

impl Answer {
    /// Nobody had to show who they are.
    pub(crate) fn unverified(&mut self) {
        self.flags &= !(1 << 2);
    }

    /// What a good device in a good browser would answer to this page.
    pub(crate) fn to(page: &Page, site: &Url) -> Self {
        let wish: Value = serde_json::from_str(&options(page)).unwrap();
        let create = page.has("form[data-passkey=create]");
        let action = page.attribute("form[data-passkey]", "action").unwrap();
        Self {
            purpose: if create { "webauthn.create" } else { "webauthn.get" },
            challenge: wish["challenge"].as_str().unwrap().to_owned(),
            origin: site.origin().ascii_serialization(),
            host: site.host_str().unwrap().to_owned(),
            flags: if create { SOMEBODY | ATTESTED } else { SOMEBODY },
            counter: 0,
            fields: page.form(&action).fields().to_vec(),
            action,
        }
    }

    fn client_data(&self) -> Vec<u8> {
        let said =
            json!({ "type": self.purpose, "challenge": self.challenge, "origin": self.origin, "crossOrigin": false });
        said.to_string().into_bytes()
    }

    fn head(&self) -> Vec<u8> {
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(self.flags);
        data.extend(self.counter.to_be_bytes());
        data
    }
}

/// What the page asks for.
pub(crate) fn options(page: &Page) -> String {
    let options = page.attribute("form[data-passkey]", "data-options");
    options.unwrap_or_else(|| panic!("no question on {}: {}", page.path, page.text()))
}

impl Authenticator {
    pub(crate) fn new() -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let id = digest(&SHA256, key.public_key().as_ref()).as_ref()[..20].to_vec();
        Self { key, id }
    }

    /// Whether the page would let this device answer.
    pub(crate) fn is_asked(&self, page: &Page) -> bool {
        options(page).contains(&URL_SAFE_NO_PAD.encode(&self.id))
    }

    /// Answers the question of a page as it should be.
    pub(crate) async fn answer(&self, browser: &Browser, page: &Page, site: &Url) -> Page {
        self.send(browser, &Answer::to(page, site)).await
    }

    /// Signs whatever it is told, and sends it.
    pub(crate) async fn send(&self, browser: &Browser, answer: &Answer) -> Page {
        browser.post_fields(&answer.action, &self.fields(answer)).await
    }

    /// The form as it would be sent.
    pub(crate) fn fields(&self, answer: &Answer) -> Vec<(String, String)> {
        let client_data = answer.client_data();
        let mut data = answer.head();
        let mut filled = vec![("credential", self.id.clone()), ("client_data", client_data.clone())];
        if answer.flags & ATTESTED == 0 {
            let signed = [data.as_slice(), digest(&SHA256, &client_data).as_ref()].concat();
            let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
            filled.push(("signature", signature.as_ref().to_vec()));
        } else {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
            data.extend(&self.id);
            let public = self.key.public_key().as_der().unwrap();
            filled.push(("public_key", public.as_ref().to_vec()));
        }
        filled.push(("authenticator_data", data));
        let mut fields = answer.fields.clone();
        fields.retain(|(name, _)| name != "algorithm" && filled.iter().all(|(filled, _)| filled != name));
        let filled = filled
            .into_iter()
            .map(|(name, value)| (name.to_owned(), URL_SAFE_NO_PAD.encode(value)));
        fields.extend(filled);
        fields.push(("algorithm".to_owned(), "-7".to_owned()));
        fields
    }
}
