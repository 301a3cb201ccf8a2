//! Several video systems: which one a talk may use, which one it is bound to, and what happens when one of them fails.

mod choice;
mod failing;
mod many;
mod written;

use sprechzimmer::config::{BackendKind, BackendSettings, Config};

use crate::databases::Database;
use crate::world::bigbluebutton::Server;
use crate::world::{AUNT, Page, Talk, World};

/// What the town's BigBlueButton is called in this school.
const LABEL: &str = "Videoserver der Stadt";

/// The room of the service itself, and a BigBlueButton.
fn both_systems(config: &mut Config, server: &Server) {
    let kind = BackendKind::BigBlueButton(Box::new(server.settings(None)));
    let mut settings = BackendSettings::new("bbb", kind);
    settings.label = Some(LABEL.to_owned());
    config.backends.push(settings);
}

async fn school(database: &Database) -> (World, Server) {
    let server = Server::start().await;
    let world = World::with(|config| {
        config.database.clone_from(&database.url);
        both_systems(config, &server);
    })
    .await;
    world.is_ready().await;
    (world, server)
}

/// A draft with somebody on it.
async fn draft(world: &World) -> Talk {
    let talk = world.draft().await;
    talk.add(AUNT, "link").await;
    talk
}

/// Chooses a video system and fixes the list.
async fn seal_in(talk: &Talk, system: &str) -> Page {
    let form = talk.get("").await.form(&talk.path("/participants"));
    form.set("system", system)
        .to(&talk.path("/seal"))
        .send(&talk.teacher)
        .await
}
