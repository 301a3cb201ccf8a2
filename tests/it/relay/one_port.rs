//! One port carries the pages and the relay, in the clear and over TLS.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use sprechzimmer::backend::embedded::OnePort;
use sprechzimmer::backend::embedded::certificate::{Certificate, Presented};
use sprechzimmer::backend::embedded::relay::{Credential, Group, Relay};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::wire::{Framed, Telephone, embedded};
use crate::world::trusting;

const PAGE: &str = "a page";

/// Serves one page and the relay, until the test ends.
async fn serve(relay: Relay, certificate: Option<&CertifiedKey<KeyPair>>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tls = certificate.map(|certified| {
        let (chain, key) = (certified.cert.pem(), certified.signing_key.serialize_pem());
        Presented::new(Certificate::from_pem(chain.as_bytes(), key.as_bytes()).unwrap())
    });
    let address = listener.local_addr().unwrap();
    let port = OnePort::new(listener, tls, Some(relay)).unwrap();
    tokio::spawn(async move { axum::serve(port, Router::new().route("/", get(|| async { PAGE }))).await });
    address
}

async fn tls(address: SocketAddr, certificate: &CertifiedKey<KeyPair>) -> TlsStream<TcpStream> {
    let tcp = TcpStream::connect(address).await.unwrap();
    TlsConnector::from(trusting(&certificate.cert))
        .connect("localhost".try_into().unwrap(), tcp)
        .await
        .unwrap()
}

async fn page(mut stream: impl AsyncReadExt + AsyncWriteExt + Unpin) -> String {
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    stream.flush().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn relays(relay: &Relay, stream: impl AsyncReadExt + AsyncWriteExt + Unpin) {
    let credential = Credential::generate().unwrap();
    relay.admit(&credential, Group(1_000_000));
    assert!(Telephone::new(Framed(stream), &credential).allocate().await.is_ok());
}

#[tokio::test]
async fn a_plain_port_carries_pages_and_relay() {
    let relay = embedded().await.relay();
    let address = serve(relay.clone(), None).await;
    assert!(page(TcpStream::connect(address).await.unwrap()).await.ends_with(PAGE));
    relays(&relay, TcpStream::connect(address).await.unwrap()).await;
}

#[tokio::test]
async fn a_tls_port_carries_pages_and_relay() {
    let relay = embedded().await.relay();
    let certificate = generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let address = serve(relay.clone(), Some(&certificate)).await;
    assert!(page(tls(address, &certificate).await).await.ends_with(PAGE));
    relays(&relay, tls(address, &certificate).await).await;
}

#[tokio::test]
async fn a_certificate_without_its_key_is_refused() {
    let [one, other] = [(); 2].map(|()| generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap());
    let (certificate, key) = (one.cert.pem(), other.signing_key.serialize_pem());
    assert!(Certificate::from_pem(certificate.as_bytes(), key.as_bytes()).is_err());
    assert!(Certificate::from_pem(b"", key.as_bytes()).is_err());
}
