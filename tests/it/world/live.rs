//! Server-sent events, as a page hears them. While this is open, its person counts as present.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout};

/// What takes longer has failed, on any machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream of events.
pub(crate) struct Events {
    response: Response,
    unread: String,
}

impl Events {
    pub(crate) fn of(response: Response) -> Self {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            unread: String::new(),
        }
    }

    /// Name and data of the next event.
    pub(crate) async fn next(&mut self) -> (String, String) {
        loop {
            if let Some((block, _)) = self.unread.split_once("\n\n") {
                let field = |name: &str| {
                    let mut lines = block.lines();
                    lines.find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()))
                };
                let event = field("event:").map(|event| (event, field("data:").unwrap_or_default()));
                let length = block.len() + 2;
                self.unread.drain(..length);
                match event {
                    Some(event) => return event,
                    // a comment that keeps the connection
                    None => continue,
                }
            }
            let chunk = timeout(PATIENCE, self.response.chunk()).await.expect("an event");
            let chunk = chunk.unwrap().expect("the stream goes on");
            self.unread.push_str(&String::from_utf8_lossy(&chunk));
        }
    }

    /// Waits until the page is led to this path.
    pub(crate) async fn leads_to(&mut self, path: &str) {
        while self.next().await != ("go".to_owned(), path.to_owned()) {}
    }

    /// Waits until the service has closed the stream.
    pub(crate) async fn ends(&mut self) {
        while timeout(PATIENCE, self.response.chunk())
            .await
            .expect("the end")
            .unwrap_or(None)
            .is_some()
        {}
    }
}

/// How long something took to be well again; `-- --nocapture` shows it, for the table in docs/operations.md.
pub(crate) fn recovered(what: &str, since: Instant) {
    eprintln!("recovery: {what}: {:.2?}", since.elapsed());
}

/// Asks again and again until there is an answer: for what happens soon, but not at once.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, asking)
        .await
        .unwrap_or_else(|_| panic!("never: {what}"))
}
