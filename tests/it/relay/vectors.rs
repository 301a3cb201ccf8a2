//! The test vectors of RFC 5769, which pin the codec the relay relies on.

use stun_types::attribute::{Nonce, Realm, Software, Username, XorMappedAddress};
use stun_types::message::{BINDING, IntegrityAlgorithm, LongTermKeyCredentials, Message, ShortTermCredentials};

const SHORT_TERM_PASSWORD: &str = "VOkJxbRl1RmTxUk/WvJxBt";

/// §2.1 Sample Request.
const REQUEST: &str = "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74\
    002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5\
    b2d3f249c1b571a280280004e57a3bcf";
/// §2.2 Sample IPv4 Response.
const RESPONSE_V4: &str = "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220\
    002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";
/// §2.3 Sample IPv6 Response.
const RESPONSE_V6: &str = "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220\
    002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed41\
    80280004c8fb0b4c";
/// §2.4 Sample Request with Long-Term Authentication.
const LONG_TERM: &str = "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382af\
    e382b900000015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f7267\
    00000800 14f67024656dd64a3e02b8e0712e85c9a28ca89666";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits
        .chunks(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap())
        .collect()
}

#[test]
fn the_sample_request_and_responses_of_rfc_5769_are_read_and_verified() {
    let credentials = ShortTermCredentials::new(SHORT_TERM_PASSWORD.to_owned()).into();
    for (sample, software, mapped) in [
        (REQUEST, "STUN test client", None),
        (RESPONSE_V4, "test vector", Some("192.0.2.1:32853")),
        (
            RESPONSE_V6,
            "test vector",
            Some("[2001:db8:1234:5678:11:2233:4455:6677]:32853"),
        ),
    ] {
        let packet = bytes(sample);
        let message = Message::from_bytes(&packet).unwrap();
        assert_eq!(message.method(), BINDING);
        assert_eq!(
            message.validate_integrity(&credentials).unwrap(),
            IntegrityAlgorithm::Sha1
        );
        assert_eq!(message.attribute::<Software>().unwrap().software(), software);
        let found = message.attribute::<XorMappedAddress>().ok();
        let found = found.map(|address| address.addr(message.transaction_id()));
        assert_eq!(found, mapped.map(|text: &str| text.parse().unwrap()));
    }
}

#[test]
fn the_long_term_sample_of_rfc_5769_is_verified_and_a_changed_one_is_not() {
    let mut packet = bytes(LONG_TERM);
    let key = LongTermKeyCredentials::new(
        "\u{30DE}\u{30C8}\u{30EA}\u{30C3}\u{30AF}\u{30B9}".to_owned(),
        "TheMatrIX".to_owned(), // after SASLprep
        "example.org".to_owned(),
    );
    let credentials = key.into();
    let message = Message::from_bytes(&packet).unwrap();
    assert_eq!(message.attribute::<Realm>().unwrap().realm(), "example.org");
    assert_eq!(
        message.attribute::<Nonce>().unwrap().nonce(),
        "f//499k954d6OL34oL9FSTvy64sA"
    );
    assert_eq!(message.attribute::<Username>().unwrap().username().chars().count(), 6);
    assert!(message.validate_integrity(&credentials).is_ok());
    packet[40] ^= 1;
    assert!(
        Message::from_bytes(&packet)
            .unwrap()
            .validate_integrity(&credentials)
            .is_err()
    );
}
