//! Launches that a platform has got wrong, as the person in front of the page and the administrator see them.

use crate::chromium::Habit;
use crate::course::{Pace, Trouble};
use crate::eye::Eye;
use crate::talk::Stage;
use crate::world::TEACHER;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_platform_gets_wrong_is_explained_to_everybody() {
    let stage = Stage::begin().await;
    let course = &stage.world.course;
    for language in ["de", "en"] {
        let eye = Eye::open(language);
        let teacher = stage.person(language, Habit::Usual).await;
        let troubles = [
            (Trouble::Deployment, "refused-deployment"),
            (Trouble::Clock, "refused-clock"),
            (Trouble::Key, "refused-key"),
        ];
        for (trouble, name) in troubles {
            course.get_wrong(trouble);
            teacher
                .go(course.activity(TEACHER, language, Pace::ByHand).as_str())
                .await;
            let alone = "document.getElementById('go').target = '_self'; return true";
            assert!(teacher.ask::<bool>(alone).await);
            teacher.click("#go button").await;
            teacher.arrive("/authorize").await;
            teacher.click("#go button").await;
            teacher.see("main details.more summary").await;
            eye.look(&teacher, name).await;
            teacher.click("main details.more summary").await;
            eye.look(&teacher, &format!("{name}-administrator")).await;
        }
        teacher.close().await;
        assert!(eye.found().is_empty(), "{:#?}", eye.found());
    }
}
