//! TLS in front of a server of the tests, with a certificate that can end and be renewed.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use super::Issued;

/// It stands as long as the value.
pub(crate) struct Front {
    pub(crate) port: u16,
    presented: watch::Sender<Arc<ServerConfig>>,
}

impl Front {
    pub(crate) fn of(behind: SocketAddr, issued: &Issued) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = TcpListener::from_std(listener).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (presented, own) = watch::channel(issued.server());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, behind, own.clone()));
            }
        });
        Self { port, presented }
    }

    /// From now on another certificate; connections that stand are closed, as by a server that is started anew.
    pub(crate) fn present(&self, issued: &Issued) {
        self.presented.send_replace(issued.server());
    }
}

async fn carry(client: TcpStream, behind: SocketAddr, mut presented: watch::Receiver<Arc<ServerConfig>>) {
    let tls = presented.borrow_and_update().clone();
    let carrying = async {
        let mut client = TlsAcceptor::from(tls).accept(client).await?;
        let mut server = TcpStream::connect(behind).await?;
        copy_bidirectional(&mut client, &mut server).await
    };
    tokio::select! {
        // whoever does not trust the certificate hangs up
        _ = carrying => {}
        _ = presented.changed() => {}
    }
}
