//! The header `Link`, as far as paging needs it.

/// The target whose relation is `next`, unread (RFC 8288 §3). A value that breaks the grammar gives nothing from there on.
pub(super) fn next(header: &str) -> Option<&str> {
    let mut rest = header.trim_start_matches(is_gap);
    while let Some((target, after)) = target(rest) {
        let (is_next, after) = parameters(after)?;
        if is_next {
            return Some(target);
        }
        rest = after.trim_start_matches(is_gap);
    }
    None
}

/// `<target>` and what follows it.
fn target(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('<')?.split_once('>')
}

/// Reads the parameters of one link, up to the comma that ends it: is its relation `next`, and what follows?
/// The first `rel` counts (RFC 8288 §3.3).
fn parameters(mut text: &str) -> Option<(bool, &str)> {
    let mut relation: Option<String> = None;
    loop {
        text = text.trim_start();
        let Some(after) = text.strip_prefix(';') else {
            let is_next = relation.is_some_and(|names| {
                names
                    .split_ascii_whitespace()
                    .any(|name| name.eq_ignore_ascii_case("next"))
            });
            return match text.strip_prefix(',') {
                Some(rest) => Some((is_next, rest)),
                None => text.is_empty().then_some((is_next, text)),
            };
        };
        let (name, value, rest) = parameter(after)?;
        if name.eq_ignore_ascii_case("rel") && relation.is_none() {
            relation = Some(value);
        }
        text = rest;
    }
}

/// One parameter: its name, its value without quotes, and what follows.
fn parameter(text: &str) -> Option<(&str, String, &str)> {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let Some(value) = rest.strip_prefix('=') else {
        return Some((name.trim(), String::new(), rest));
    };
    let value = value.trim_start();
    let (value, rest) = if let Some(quoted) = value.strip_prefix('"') {
        unquote(quoted)?
    } else {
        let end = value.find([';', ',']).unwrap_or(value.len());
        let (value, rest) = value.split_at_checked(end)?;
        (value.trim().to_owned(), rest)
    };
    Some((name.trim(), value, rest))
}

/// The rest of a `quoted-string` (RFC 9110 §5.6.4) and what follows it; `None` if it never ends.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((position, character)) = characters.next() {
        match character {
            '"' => return Some((value, text.get(position.saturating_add(1)..)?)),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

fn is_gap(character: char) -> bool {
    character == ',' || character.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_next_page_is_found_whatever_stands_around_it() {
        for header in [
            r#"<https://lms.example/m?p=2>; rel="next""#,
            r"<https://lms.example/m?p=2>;rel=next",
            r#"<https://lms.example/m>; rel="first", <https://lms.example/m?p=2>; rel="next""#,
            r#"<https://lms.example/m?p=2>; title="a, \"b\"; rel=first"; REL="last NEXT""#,
            r#" , <https://lms.example/d>; rel="differences" , <https://lms.example/m?p=2> ; rel = "next" , "#,
        ] {
            assert_eq!(next(header), Some("https://lms.example/m?p=2"), "{header}");
        }
    }

    #[test]
    fn a_link_of_another_relation_or_no_grammar_is_not_followed() {
        for header in [
            "",
            "next",
            r"<https://lms.example/m?p=2>",
            r#"<https://lms.example/m?p=2>; rel="prev""#,
            r#"<https://lms.example/m?p=2>; rel="prev"; rel="next""#,
            r#"<https://lms.example/m?p=2>; rel="nextpage""#,
            r#"<https://lms.example/m?p=2>; title="rel=next"#,
            r"<https://lms.example/m?p=2",
            r#"<https://lms.example/m?p=2> rel="next""#,
        ] {
            assert_eq!(next(header), None, "{header}");
        }
    }
}
