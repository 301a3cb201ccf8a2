//! The certificate of this service, by which browsers know that they speak with it.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use x509_cert::der::Decode;

/// From this time before its end on it is said that a certificate ends: whoever renews it by itself has done so long before.
pub const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Why a certificate and its key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error("the certificate or key is not readable PEM")]
    Unreadable(#[from] rustls::pki_types::pem::Error),
    #[error("the certificate and key cannot be used together")]
    Unusable(#[from] rustls::Error),
    #[error("the certificate does not say from when and until when it is valid (RFC 5280 §4.1.2.5)")]
    Undated(#[from] x509_cert::der::Error),
}

/// What a certificate is worth at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Valid,
    /// It is valid, and not for long.
    EndsSoon,
    Ended,
    NotYetValid,
}

impl Standing {
    /// Whether a browser takes it.
    pub fn is_valid(self) -> bool {
        match self {
            Self::Valid | Self::EndsSoon => true,
            Self::Ended | Self::NotYetValid => false,
        }
    }
}

/// A certificate with its key, ready to be presented.
#[derive(Clone, Debug)]
pub struct Certificate {
    tls: Arc<ServerConfig>,
    pub begins: Timestamp,
    pub ends: Timestamp,
}

impl Certificate {
    /// From a chain and a key in PEM, with aws-lc-rs; HTTP/1.1 only, because of the room sockets. The dates are those of the
    /// first in the chain: browsers find other ways around an old intermediate.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, CertificateError> {
        let chain = CertificateDer::pem_slice_iter(chain).collect::<Result<Vec<_>, _>>()?;
        let first = chain.first().map(CertificateDer::as_ref).unwrap_or_default().to_vec();
        let key = PrivateKeyDer::from_pem_slice(key)?;
        let mut tls = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let read = x509_cert::Certificate::from_der(&first)?;
        let validity = read.tbs_certificate().validity();
        Ok(Self {
            tls: Arc::new(tls),
            begins: moment(validity.not_before),
            ends: moment(validity.not_after),
        })
    }

    pub fn standing(&self, now: Timestamp) -> Standing {
        if now < self.begins {
            Standing::NotYetValid
        } else if now > self.ends {
            Standing::Ended
        } else if self.ends.duration_since(now) <= SOON {
            Standing::EndsSoon
        } else {
            Standing::Valid
        }
    }
}

/// The certificate that new connections get. Clones are the same.
#[derive(Clone, Debug)]
pub struct Presented(Arc<RwLock<Certificate>>);

impl Presented {
    pub fn new(certificate: Certificate) -> Self {
        Self(Arc::new(RwLock::new(certificate)))
    }

    pub fn now(&self) -> Certificate {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on another one. Connections that stand go on.
    pub fn replace(&self, certificate: Certificate) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = certificate;
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.now().tls)
    }
}

/// A certificate that never ends (RFC 5280 §4.1.2.5) says a moment later than there is one here.
fn moment(time: x509_cert::time::Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}
