//! Takes up a renewed certificate of our own while the service runs.

use std::io;
use std::mem;
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::backend::embedded::certificate::{Certificate, CertificateError, Presented, Standing};
use crate::config::Tls;

const PAUSE: Duration = Duration::from_secs(5);

/// Why the files hold no certificate that can be presented.
#[derive(Debug, thiserror::Error)]
pub enum RenewalError {
    #[error("the certificate or its key cannot be read")]
    File(#[from] io::Error),
    #[error("the certificate cannot be used")]
    Certificate(#[from] CertificateError),
}

/// What the two files held.
type Print = [u8; 32];

/// Looks at the files of the certificate again and again.
#[derive(Debug)]
pub struct Renewal {
    files: Tls,
    presented: Presented,
    /// What is presented.
    held: Option<Print>,
    /// At the last look. Two files cannot be written at once, so only what was there twice is taken seriously.
    seen: Option<Print>,
    /// Of this it was said already that it cannot be used.
    told: Option<Print>,
    standing: Standing,
}

impl Renewal {
    /// With the certificate as it is now.
    pub async fn begin(files: &Tls) -> Result<Self, RenewalError> {
        let pair = Pair::read(files).await?;
        let held = Some(pair.print());
        Ok(Self {
            files: files.clone(),
            presented: Presented::new(pair.certificate()?),
            held,
            seen: held,
            told: held,
            standing: Standing::Valid,
        })
    }

    pub fn presented(&self) -> Presented {
        self.presented.clone()
    }

    /// Until the process ends.
    pub async fn run(mut self) {
        loop {
            self.look(clock()).await;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Takes what the files hold if it can be used and has come to rest; else the one in use goes on.
    pub async fn look(&mut self, now: Timestamp) {
        let found = Pair::read(&self.files).await;
        let print = found.as_ref().ok().map(Pair::print);
        let has_settled = mem::replace(&mut self.seen, print) == print;
        if print == self.held {
            self.told = print;
        } else if has_settled {
            match found
                .map_err(RenewalError::from)
                .and_then(|pair| Ok(pair.certificate()?))
            {
                Ok(fresh) if self.is_better(&fresh, now) => self.take(fresh, print),
                outcome => self.tell(outcome, print),
            }
        }
        self.warn(now);
    }

    /// What is not valid replaces nothing that is; a new one may become valid later.
    fn is_better(&self, fresh: &Certificate, now: Timestamp) -> bool {
        fresh.standing(now).is_valid() || !self.presented.now().standing(now).is_valid()
    }

    fn take(&mut self, fresh: Certificate, print: Option<Print>) {
        let ends = fresh.ends;
        self.presented.replace(fresh);
        (self.held, self.told) = (print, print);
        tracing::info!(%ends, "a new certificate is presented from now on; connections that stand go on");
    }

    /// Once for each thing that was found in the files.
    fn tell(&mut self, outcome: Result<Certificate, RenewalError>, print: Option<Print>) {
        if mem::replace(&mut self.told, print) == print {
            return;
        }
        let ends = self.presented.now().ends;
        match outcome {
            Ok(fresh) => tracing::error!(
                from = %fresh.begins, until = %fresh.ends, %ends,
                "the new certificate is not valid at this time; the one in use goes on until it ends"
            ),
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error, %ends,
                "the new certificate cannot be used; the one in use goes on until it ends"
            ),
        }
    }

    /// Once for each change.
    fn warn(&mut self, now: Timestamp) {
        let certificate = self.presented.now();
        let standing = certificate.standing(now);
        if mem::replace(&mut self.standing, standing) == standing {
            return;
        }
        let (begins, ends) = (certificate.begins, certificate.ends);
        match standing {
            Standing::Valid => {}
            Standing::EndsSoon => tracing::warn!(%ends, "the certificate ends within 14 days and has not been renewed"),
            Standing::Ended => tracing::error!(%ends, "the certificate has expired: no browser comes in"),
            Standing::NotYetValid => {
                tracing::error!(%begins, "the certificate is not yet valid: no browser comes in");
            }
        }
    }
}

struct Pair {
    chain: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl Pair {
    async fn read(files: &Tls) -> io::Result<Self> {
        Ok(Self {
            chain: tokio::fs::read(&files.certificate_file).await?,
            key: Zeroizing::new(tokio::fs::read(&files.key_file).await?),
        })
    }

    fn certificate(&self) -> Result<Certificate, CertificateError> {
        Certificate::from_pem(&self.chain, &self.key)
    }

    fn print(&self) -> Print {
        let mut context = Context::new(&SHA256);
        context.update(&self.chain);
        context.update(&[0]);
        context.update(&self.key);
        let mut print = Print::default();
        for (to, from) in print.iter_mut().zip(context.finish().as_ref()) {
            *to = *from;
        }
        print
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the loop reads the clock for everything below it"
)]
fn clock() -> Timestamp {
    Timestamp::now()
}
