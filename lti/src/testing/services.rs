//! The platform's half of its services: access tokens and lists of members, as strict as Moodle where Moodle is strict.

use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use super::{Signer, SimulatedPlatform};
use crate::keys::KeySet;
use crate::names_and_roles::NamesAndRoles;
use crate::time::UnixTime;
use crate::token::Token;

const TOKEN_LIFE: i64 = 3600;
/// Moodle answers JSON under this name.
const HTML: &str = "text/html; charset=utf-8";

/// What a service answers (NRPS 2.0 §2.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAnswer {
    /// HTTP status (NRPS 2.0 §2.4).
    pub status: u16,
    /// `Content-Type` (NRPS 2.0 §2.4).
    pub content_type: &'static str,
    /// `Link`, if the list goes on (NRPS 2.0 §2.4.2).
    pub link: Option<String>,
    /// The body (NRPS 2.0 §2.4).
    pub body: String,
}

/// What a tool asks a service: the address with its query, and two headers (NRPS 2.0 §2.4).
#[derive(Debug, Clone, Copy)]
pub struct ServiceRequest<'a> {
    /// The whole address (NRPS 2.0 §2.4).
    pub url: &'a Url,
    /// `Accept` (NRPS 2.0 §2.4).
    pub accept: Option<&'a str>,
    /// `Authorization` (Security Framework 1.0 §4.1).
    pub authorization: Option<&'a str>,
}

/// A course with its members, in the order in which they are listed (NRPS 2.0 §2.2).
#[derive(Debug, Clone)]
pub struct SimulatedCourse {
    id: String,
    title: String,
    members: Vec<Value>,
    most_a_page: usize,
}

impl SimulatedCourse {
    /// A course without members (NRPS 2.0 §2.2).
    pub fn new(id: &str, title: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            members: Vec::new(),
            most_a_page: usize::MAX,
        }
    }

    /// With one more member, whose role is a short name, as Moodle sends it (NRPS 2.0 §2.2).
    #[must_use]
    pub fn with(self, subject: &str, (given, family): (&str, &str), role: &str) -> Self {
        self.with_entry(json!({
            "status": "Active",
            "roles": [role],
            "user_id": subject,
            "lis_person_sourcedid": format!("ID-{subject}"),
            "name": format!("{given} {family}"),
            "given_name": given,
            "family_name": family,
            "email": format!("{subject}@schule.invalid"),
            "ext_user_username": format!("user-{subject}"),
        }))
    }

    /// With any entry, also an impossible one (NRPS 2.0 §2.2).
    #[must_use]
    pub fn with_entry(mut self, entry: Value) -> Self {
        self.members.push(entry);
        self
    }

    /// With at most so many on a page, whatever the tool wishes (NRPS 2.0 §2.4.2).
    #[must_use]
    pub fn with_pages_of(self, most_a_page: usize) -> Self {
        Self { most_a_page, ..self }
    }
}

impl SimulatedPlatform {
    /// Where the members of this course are listed: Moodle's kind of address (NRPS 2.0 §2.4).
    pub fn memberships_url(&self, context: &str) -> String {
        let Self {
            base, deployment_id, ..
        } = self;
        format!("{base}/services.php/CourseSection/{context}/bindings/{deployment_id}/memberships")
    }

    /// The claim by which a launch in this course offers the list (NRPS 2.0 §3.6.1.1).
    pub fn names_and_roles_claim(&self, context: &str) -> Value {
        json!({ "context_memberships_url": self.memberships_url(context), "service_versions": ["1.0", "2.0"] })
    }

    /// Answers a tool's request for an access token. `tool_keys` is what the tool publishes
    /// (Security Framework 1.0 §4.1.1).
    pub fn token_answer(&self, form: &[u8], tool_keys: &KeySet, now: UnixTime) -> ServiceAnswer {
        match self.check_token_request(form, tool_keys, now) {
            Ok(()) => {
                let claims = json!({ "scope": NamesAndRoles::SCOPE, "exp": now.seconds().saturating_add(TOKEN_LIFE) });
                let body = json!({
                    "access_token": self.sign(Signer::Rs256, &claims),
                    "token_type": "Bearer",
                    "expires_in": TOKEN_LIFE,
                    "scope": NamesAndRoles::SCOPE,
                });
                answer(200, HTML, body.to_string())
            }
            // as it is: a text in quotes makes this no JSON
            Err(error) => answer(400, HTML, format!("{{\r\n  \"error\" : \"{error}\"\r\n}}")),
        }
    }

    /// Answers a tool's request for members (NRPS 2.0 §2.4).
    pub fn membership_answer(
        &self,
        course: &SimulatedCourse,
        request: &ServiceRequest<'_>,
        now: UnixTime,
    ) -> ServiceAnswer {
        if request.accept != Some(NamesAndRoles::MEDIA_TYPE) {
            return refuse(400, "No handler found");
        }
        if !request
            .authorization
            .is_some_and(|header| self.is_own_token(header, now))
        {
            return refuse(401, "Unauthorized");
        }
        if request.url.as_str().split('?').next() != Some(&self.memberships_url(&course.id)) {
            return refuse(404, "Not Found");
        }
        let parameter = |name: &str| request.url.query_pairs().find(|(field, _)| field == name);
        let number = |name| parameter(name).and_then(|(_, value)| value.parse::<usize>().ok());
        if parameter("rlid").is_some() && number("rlid").is_none() {
            return refuse(500, "Error reading from database");
        }
        let role = parameter("role").map(|(_, role)| role.into_owned());
        let members = course.members.iter().filter(|member| has_role(member, role.as_deref()));
        let from = number("from").unwrap_or(0);
        let most = number("limit").unwrap_or(usize::MAX).min(course.most_a_page);
        let mut page: Vec<Value> = members.skip(from).take(most.saturating_add(1)).cloned().collect();
        let more = page.len() > most;
        page.truncate(most);
        let body = json!({
            "id": self.memberships_url(&course.id),
            "context": { "id": course.id, "label": course.id, "title": course.title },
            "members": page,
        });
        let mut next = format!("limit={most}&from={}", from.saturating_add(most));
        if let Some(link) = number("rlid") {
            next = format!("{next}&rlid={link}");
        }
        ServiceAnswer {
            // the role is not in it, so the tool gets the others as well from the second page on: as Moodle does
            link: more.then(|| format!("<{}?{next}>; rel=\"next\"", self.memberships_url(&course.id))),
            ..answer(200, NamesAndRoles::MEDIA_TYPE, body.to_string())
        }
    }

    fn check_token_request(&self, form: &[u8], tool_keys: &KeySet, now: UnixTime) -> Result<(), &'static str> {
        let field = |name: &str| {
            let mut pairs = form_urlencoded::parse(form);
            pairs
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.into_owned())
        };
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        if field("grant_type").as_deref() != Some("client_credentials")
            || field("client_assertion_type").as_deref() != Some(kind)
        {
            return Err("invalid_request");
        }
        let assertion =
            Token::parse(field("client_assertion").ok_or("invalid_request")?).map_err(|_| "invalid_request")?;
        let key_id = assertion
            .key_id()
            .ok_or("error/Error: kid must be provided in JWT header.")?;
        if !tool_keys.contains(key_id) {
            return Err("\"kid\" invalid, unable to lookup correct key");
        }
        assertion
            .check_signature(tool_keys)
            .map_err(|_| "Signature verification failed")?;
        let claims: Value = assertion.members().map_err(|_| "invalid_request")?;
        let is = |name: &str, value: &str| claims.get(name).and_then(Value::as_str) == Some(value);
        if !is("iss", &self.client_id) || !is("sub", &self.client_id) {
            return Err("invalid_client");
        }
        if !is("aud", &self.registration().token_url) || is("jti", "") || claims.get("jti").is_none() {
            return Err("invalid_grant");
        }
        let time = |name: &str| claims.get(name).and_then(UnixTime::from_json).ok_or("invalid_grant");
        let (issued, expires) = (time("iat")?, time("exp")?);
        if issued > now {
            return Err("Cannot handle token with iat prior to now");
        }
        if expires <= now {
            return Err("Expired token");
        }
        if expires.seconds().saturating_sub(issued.seconds()) > 300 {
            return Err("invalid_grant");
        }
        let scopes = field("scope").unwrap_or_default();
        if scopes.split(' ').any(|scope| scope == NamesAndRoles::SCOPE) {
            Ok(())
        } else {
            Err("invalid_scope")
        }
    }

    fn is_own_token(&self, header: &str, now: UnixTime) -> bool {
        let token = header.strip_prefix("Bearer ").map(str::to_owned);
        let Some(Ok(token)) = token.map(Token::parse) else {
            return false;
        };
        let claims: Value = token.members().unwrap_or_default();
        let expires = claims.get("exp").and_then(UnixTime::from_json);
        token.check_signature(&self.key_set()).is_ok()
            && claims.get("scope") == Some(&json!(NamesAndRoles::SCOPE))
            && expires.is_some_and(|expires| expires > now)
    }
}

fn has_role(member: &Value, role: Option<&str>) -> bool {
    let wanted = role.map(|role| role.rsplit('#').next().unwrap_or(role));
    // any other role is ignored, and everybody listed
    let Some(wanted) = wanted.filter(|role| matches!(*role, "Instructor" | "Learner")) else {
        return true;
    };
    let roles = member.get("roles").and_then(Value::as_array);
    roles.is_some_and(|roles| roles.iter().any(|role| role == wanted))
}

fn refuse(status: u16, reason: &str) -> ServiceAnswer {
    let body = json!({ "status": status, "reason": reason });
    answer(status, "application/json; charset=utf-8", body.to_string())
}

fn answer(status: u16, content_type: &'static str, body: String) -> ServiceAnswer {
    ServiceAnswer {
        status,
        content_type,
        link: None,
        body,
    }
}
