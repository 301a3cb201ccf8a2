//! The demonstration, running, for real browsers.

use sprechzimmer::demo::{Demo, Options, Video};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use crate::person::Person;

/// The demonstration, as `make demo` runs it.
pub(crate) struct Running {
    course: Url,
    serving: JoinHandle<()>,
    _stop: oneshot::Sender<()>,
}

impl Running {
    pub(crate) async fn start() -> Self {
        let options = Options {
            port: 0,
            lms_port: 0,
            video: Video::Embedded,
        };
        let demo = Demo::prepare(options).await.unwrap();
        let course = demo.course().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            demo.serve(futures_util::stream::once(shutdown)).await.unwrap();
        });
        Self {
            course,
            serving,
            _stop: stop,
        }
    }

    /// Opens a page of the learning platform.
    pub(crate) async fn open(&self, person: &Person, path: &str) {
        person.driver.enter_default_frame().await.unwrap();
        person.go(self.course.join(path).unwrap().as_str()).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
