//! Dynamic registration in the demonstration's learning platform, clicked through by its administrator; then a teacher comes in.

use url::Url;

use crate::chromium::Habit;
use crate::demonstration::Running;
use crate::eye::Eye;
use crate::person::Person;
use crate::talk::Stage;

const REGISTER: &str = "form[action='/tools/register'] button";
const CONNECT: &str = "form[action='/lti/register'] .primary";
const ACTIVATE: &str = "form[action='/tools/activate'] button";

pub(crate) async fn clicked_through(language: &'static str) {
    let stage = Stage::begin().await;
    let demo = Running::start().await;
    let eye = Eye::open(language);
    let administrator = stage.person(language, Habit::Usual).await;
    demo.open(&administrator, "/").await;
    administrator.click("button[value='105']").await;
    administrator.see("button[value='105'][aria-current]").await;
    pages(&administrator, &eye).await;

    demo.open(&administrator, "/").await;
    administrator.click(REGISTER).await;
    administrator.see_in_frame(CONNECT).await;
    administrator.click(CONNECT).await;
    administrator.see_in_frame("ol[id^=after-]").await;
    administrator.click("button[data-finish]").await;
    // the platform closes the frame when the tool has said so
    administrator
        .until("the platform around the frame", async |driver| {
            driver.enter_default_frame().await.ok()?;
            (driver.current_url().await.ok()?.path() == "/").then_some(())
        })
        .await;
    administrator.see(ACTIVATE).await;
    eye.look(&administrator, "demo-tools").await;
    administrator.click(ACTIVATE).await;
    administrator.see("a[href='/activity?registered']").await;
    administrator.close().await;

    let teacher = stage.person(language, Habit::Usual).await;
    demo.open(&teacher, "/launch?registered").await;
    teacher.click("button[formaction='/passkey/later']").await;
    teacher.arrive("/overview").await;
    pick(&teacher, &eye).await;
    teacher.close().await;
    assert!(eye.found().is_empty(), "{:#?}", eye.found());
}

/// The list of the course comes by the new registration as well; the teacher picks a mother from it.
async fn pick(teacher: &Person, eye: &Eye) {
    teacher.click("a[href='/consultations/new']").await;
    teacher.click("form[action='/consultations'] .primary").await;
    teacher.see(".pickable").await;
    teacher.fill("#search", "katharina").await;
    let alone = "return document.querySelectorAll('.pickable .person').length === 1";
    teacher.until_script("the mother alone", alone).await;
    teacher.tick(".pickable input").await;
    eye.look(teacher, "register-roster").await;
    teacher
        .click("section[aria-labelledby=course] > .actions .button")
        .await;
    let listed =
        "return document.querySelector('section[aria-labelledby=list]')?.innerText.includes('Katharina Sommer')";
    teacher.until_script("her on the list", listed).await;
}

/// The pages of a registration, each alone, and what is left of the link when it is used up.
async fn pages(administrator: &Person, eye: &Eye) {
    administrator.click(REGISTER).await;
    administrator.see_in_frame(CONNECT).await;
    let framed: String = administrator.ask("return location.href").await;
    let mut by_hand: Url = framed.parse().unwrap();
    by_hand.set_query(None);
    administrator.driver.enter_default_frame().await.unwrap();
    administrator.go(by_hand.as_str()).await;
    administrator.see("#link").await;
    eye.look(administrator, "register-guide").await;
    administrator.click("#before-moodle summary").await;
    administrator.click("#manual summary").await;
    eye.look(administrator, "register-guide-open").await;

    let inward = framed.replace("127.0.0.1", "%5B::1%5D");
    administrator.go(&inward).await;
    administrator.click(CONNECT).await;
    administrator.click("main details.more summary").await;
    eye.look(administrator, "register-failed").await;

    administrator.go(&framed).await;
    administrator.see(CONNECT).await;
    eye.look(administrator, "register-ask").await;
    administrator.click(CONNECT).await;
    administrator.see("ol[id^=after-]").await;
    eye.look(administrator, "register-done").await;
    administrator.go(by_hand.as_str()).await;
    administrator.see("main details.more summary").await;
    eye.look(administrator, "register-used").await;
}
