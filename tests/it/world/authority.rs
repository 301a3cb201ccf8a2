//! A certificate authority, and what it issues for this machine.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};

pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Certificate,
}

/// A certificate for `localhost`, and its key.
pub(crate) struct Issued {
    pub(crate) certificate: String,
    pub(crate) key: String,
    pub(crate) ends: Timestamp,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        Self { issuer, certificate }
    }

    /// Valid from so long after now (or before) until so long after now (or before).
    pub(crate) fn issue(&self, from: SignedDuration, until: SignedDuration) -> Issued {
        let now = Timestamp::from_second(super::now().seconds()).unwrap();
        let at =
            |moment: Timestamp| date_time_ymd(1970, 1, 1) + moment.duration_since(Timestamp::UNIX_EPOCH).unsigned_abs();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        (params.not_before, params.not_after) = (at(now + from), at(now + until));
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Issued {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
            ends: now + until,
        }
    }

    /// For so many more days, since yesterday.
    pub(crate) fn issue_for(&self, days: i64) -> Issued {
        let day = SignedDuration::from_hours(24);
        self.issue(-day, day * i32::try_from(days).unwrap())
    }

    /// What a machine needs that trusts it.
    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Somebody who trusts it, and nobody else.
    pub(crate) fn client(&self) -> Arc<ClientConfig> {
        trusting(&self.certificate)
    }
}

/// Somebody who trusts this certificate and what it vouches for, and nobody else.
pub(crate) fn trusting(certificate: &Certificate) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

impl Issued {
    pub(crate) fn der(&self) -> CertificateDer<'static> {
        CertificateDer::from_pem_slice(self.certificate.as_bytes()).unwrap()
    }

    /// As `certificate.pem` and `certificate.key`.
    pub(crate) fn write(&self, folder: &Path) {
        fs::write(folder.join("certificate.pem"), &self.certificate).unwrap();
        self.write_key(folder);
    }

    pub(crate) fn write_key(&self, folder: &Path) {
        let file = folder.join("certificate.key");
        fs::write(&file, &self.key).unwrap();
        let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(file, owner).unwrap();
    }

    /// For a server of the tests.
    pub(crate) fn server(&self) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.der()], key);
        Arc::new(config.unwrap())
    }
}
