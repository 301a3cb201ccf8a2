//! Every language says everything, with the same arguments, and nothing that no page says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// The ids of one language, each with the names of its arguments.
struct Words(BTreeMap<String, BTreeSet<String>>);

#[test]
fn german_and_english_have_the_same_ids_with_the_same_arguments() {
    let (german, english) = (words("de"), words("en"));
    let only = |one: &Words, other: &Words| -> Vec<String> {
        one.0.keys().filter(|id| !other.0.contains_key(*id)).cloned().collect()
    };
    assert_eq!(only(&german, &english), Vec::<String>::new(), "missing in English");
    assert_eq!(only(&english, &german), Vec::<String>::new(), "missing in German");
    for (id, arguments) in &english.0 {
        // English knows no difference between "du" and "Sie"
        let german: BTreeSet<String> = german.0[id].iter().filter(|name| *name != "form").cloned().collect();
        let english: BTreeSet<String> = arguments.iter().filter(|name| *name != "form").cloned().collect();
        assert_eq!(german, english, "{id}");
    }
}

#[test]
fn no_word_stands_in_the_files_that_no_page_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "templates"] {
        for file in files(&root.join(folder)) {
            text.push_str(&fs::read_to_string(file).unwrap());
        }
    }
    let unsaid: Vec<String> = words("de")
        .0
        .into_keys()
        .filter(|id| {
            // the settings of a backend are named by their code
            let said = id.strip_prefix("setting-").unwrap_or(id);
            !text.contains(&format!("\"{said}\""))
        })
        .collect();
    assert_eq!(unsaid, Vec::<String>::new());
}

#[test]
fn no_sentence_shouts() {
    for language in ["de", "en"] {
        let text = source(language);
        let shouting: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#') && line.contains('!'))
            .collect();
        assert_eq!(shouting, Vec::<&str>::new(), "exclamation marks in {language}");
    }
}

fn words(language: &str) -> Words {
    let source = source(language);
    let resource = parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
    let mut words = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut arguments = BTreeSet::new();
        if let Some(pattern) = &message.value {
            collect(pattern, &mut arguments);
        }
        let before = words.insert(message.id.name.to_owned(), arguments);
        assert!(before.is_none(), "{language}: {} stands there twice", message.id.name);
    }
    Words(words)
}

fn collect(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => collect_inline(inline, arguments),
            Expression::Select { selector, variants } => {
                collect_inline(selector, arguments);
                for variant in variants {
                    collect(&variant.value, arguments);
                }
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        arguments.insert(id.name.to_owned());
    }
}

fn source(language: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}/sprechzimmer.ftl"));
    fs::read_to_string(file).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path) } else { vec![path] }
        })
        .collect()
}
