//! What stands at the wire, byte by byte: the published examples of checksums.

use serde_json::Value;
use sprechzimmer::backend::bigbluebutton::Algorithm;

#[test]
fn checksums_are_those_of_the_published_examples() {
    let vectors: Vec<Value> =
        serde_json::from_str(include_str!("../../fixtures/bigbluebutton/checksum-vectors.json")).unwrap();
    assert!(!vectors.is_empty());
    for vector in vectors {
        let text = |name: &str| vector[name].as_str().unwrap();
        for algorithm in Algorithm::ALL {
            let checksum = algorithm.checksum(text("call"), text("query"), text("secret"));
            assert_eq!(checksum, text(algorithm.code()), "{}", text("query"));
        }
    }
}
