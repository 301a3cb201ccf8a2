# Every word a person reads, English. The ids are those of the German file.

### Frame

frame-skip = Skip to content
frame-languages = Language
frame-back = Back
frame-more = More about this
frame-foot = Confidential: what is said here is not recorded.

### Errors

error-title = That did not work
error-to-consultation = Back to the consultation
error-reference = Reference: { $reference }
error-not-found-title = This page does not exist
error-not-found = Perhaps the consultation is over and deleted. Open the activity in your course again, or ask the person who invited you.
error-not-now-title = Not possible right now
error-not-now = The consultation has moved on in the meantime. Go back and see where it stands.
error-bad-request = Something was missing. Go back and try again.
error-too-many-title = One moment please
error-too-many = These were very many attempts in a short time. Wait a minute and then try again.
error-unfit-title = The room is not opened
error-unfit = The video system has not shown that it keeps these rules: { $rules }. The consultation stays as it is, and nothing is lost. Please tell the IT of your school, with the reference below.
error-backend = The video system is not answering right now. Nothing is lost. Try again in a minute.
error-backend-none = There is no video system for this consultation, or it was removed. Nothing is lost. Please tell the IT of your school, and give them the reference below.
error-backend-setup = The connection to the video system is not set up rightly. Nothing is lost. Please tell the IT of your school, and give them the reference below.
error-backend-expired = The certificate of the video system has expired, so we open nothing there. Nothing is lost. Please tell the IT of your school, and give them the reference below.
error-backend-wrong = The video system has not made the room as it must be. Nothing is lost. Please tell the IT of your school, and give them the reference below.
error-database = We cannot reach our data right now. Nothing is lost. Try again in a minute.
error-leaving-title = Nothing new begins right now
error-leaving = Sprechzimmer is being restarted at this moment. Talks that are going on continue, and nothing is lost. Try again in a few minutes.
error-unproven-title = Please confirm first that it is you
error-unproven = Open your overview. There you are asked for your passkey.
error-passkey-missing = Your school wants consultations to be planned with a passkey only. Open your overview and set one up.
error-cross-site = This request came from another site and was not carried out.
### Times

when-weekday = { $number ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
when-month = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
when-moment = { $weekday }, { $day } { $month }, { $time }
when-exact = { $weekday }, { $day } { $month } { $year }, { $time } ({ $offset })
when-time = { $time }
when-minutes = { $minutes } minutes

### Launch

login-title = One moment please
login-lead = The learning platform is confirming who is coming in.
login-go = Continue

launch-window-title = Please open this in its own window
launch-window = The browser does not let Sprechzimmer store anything in this frame. Open the course in a new window and open Sprechzimmer there again. Or ask your teacher to set the activity to “new window”.
launch-cookies-title = Sprechzimmer needs a cookie
launch-cookies = The browser stores no cookies here at all. Allow them for this address and open Sprechzimmer in your course again. The cookie is valid only here and only for today.
launch-back = To the learning platform

refused-again-title = Please open it again
refused-again = The way here was no longer valid. Go back to your course and open Sprechzimmer again.
refused-reloaded-title = This page works only once
refused-reloaded = It has been opened before, for instance by reloading it. Go back to your course and open Sprechzimmer again.
refused-denied-title = The learning platform did not agree
refused-denied = Perhaps you are no longer logged in there, or the activity is not open to you. Log in there again and open Sprechzimmer in your course.
refused-silent-title = The learning platform does not answer
refused-silent = We could not check that you come from there. Wait a minute and open Sprechzimmer in your course again.
refused-expired-title = The certificate of the learning platform has expired
refused-expired = So we cannot check safely that you come from there. Please tell your school’s administrator: the certificate of the learning platform has to be renewed.
refused-late-title = That took too long
refused-late = Open Sprechzimmer in your course again. If that does not help, please tell your school’s administrator.
refused-clock-title = The clocks differ
refused-clock = The learning platform and Sprechzimmer do not have the same time. Opening it again will not help: please tell your school’s administrator.
refused-clock-ahead = The clock of the learning platform is { $seconds } seconds ahead of the clock of this server. No safe launch can allow more than 60 seconds. Set both servers to the same time, best by NTP.
refused-clock-behind = The clock of the learning platform is { $seconds } seconds behind the clock of this server. No safe launch can allow more than 60 seconds. Set both servers to the same time, best by NTP.
refused-key-title = We do not know the signature of the learning platform
refused-key = Wait a minute and open Sprechzimmer in your course again. If that does not help, please tell your school’s administrator.
refused-registration-title = Something is still missing in the setup
refused-registration = Sprechzimmer and your learning platform do not know each other properly yet. Please tell your school’s administrator.
refused-deployment-title = Sprechzimmer has not been approved here yet
refused-deployment = The learning platform is known, but Sprechzimmer still waits for approval in this place. Please tell your school’s administrator.
refused-deployment-administrator = If this learning platform belongs to your school, approve it on the machine of Sprechzimmer by this command. After a few seconds the activity can be opened.
refused-command = Command that approves it
refused-message-title = The learning platform sent something unexpected
refused-message = Open Sprechzimmer in your course again. If that does not help, please tell your school’s administrator.
refused-administrator = For the administrator
refused-administrator-lead = Compare these values with the registration in the learning platform and with the configuration. The log has this case under the reference.
refused-reason = Reason
refused-code = Code
refused-clause = Clause

### Registration of a learning platform, for administrators

register-title = Connect a learning platform
register-description = Confidential counselling talks by video
register-lead = “{ $name }” is about to be connected with Sprechzimmer. After that, teachers can add an activity there.
register-host = Asked by
register-gets = Sprechzimmer gets
register-gets-what = name, role and id of the people who open it, and the list of a course when its teacher asks for it
register-never = Sprechzimmer does not get
register-never-what = e-mail addresses, user names, grades
register-go = Connect
register-done-title = Connected
register-done = Sprechzimmer and your learning platform know each other now.
register-next = Your next steps in { $platform }
register-finish = Done
register-approval = Open the activity once yourself. Sprechzimmer then shows the command by which you approve this place.
register-other = Another learning platform
register-guide = Copy this link and paste it into “{ $name }”. That connects the learning platform.
register-link-label = Registration link
register-once = The link works for 24 hours and for one registration. If that fails, you can try again with the same link.
register-copied = Copied.
register-moodle-where = As an administrator open: Site administration, Plugins, Activity modules, External tool, Manage tools.
register-moodle-paste = Paste the link at “Tool URL” and choose “Add LTI Advantage”.
register-moodle-activate = Choose “Activate” at Sprechzimmer.
register-moodle-chooser = Open the settings of Sprechzimmer (gear) and show it in the activity chooser.
register-moodle-window = Set “New window” as its launch container there. That saves a click.
register-ilias-where = Open: Administration, Extending ILIAS, LTI, ILIAS as LTI consumer.
register-ilias-paste = Add a provider by dynamic registration and paste the link.
register-ilias-activate = Enable the provider Sprechzimmer.
register-ilias-use = Teachers add an LTI object in their course and choose Sprechzimmer.
register-canvas-where = Open: Admin, Apps, Manage, Install a New App.
register-canvas-paste = Choose “LTI 1.3” and “Dynamic Registration” and paste the link.
register-canvas-activate = Confirm the installation and switch Sprechzimmer on.
register-canvas-use = Teachers show Sprechzimmer in the navigation of their course.
register-brightspace-where = Open: Admin Tools, Manage Extensibility, LTI Advantage, Register Tool.
register-brightspace-paste = Choose “Dynamic” and paste the link.
register-brightspace-activate = Enable the registered tool and create a deployment for it.
register-brightspace-use = Create a link and share it with the courses.
register-other-where = In the administration of external tools look for “LTI 1.3”, “LTI Advantage” or “dynamic registration” and paste the link. If there is no such thing, enter the values by hand.
register-other-activate = Switch Sprechzimmer on in the administration of external tools.
register-other-use = Share it with the courses in which people are counselled.
register-manual = Enter it by hand
register-manual-lead = In the learning platform create an external tool for LTI 1.3 with these values.
register-icon = Address of the icon
register-manual-then = Then enter the values of the learning platform on the machine of Sprechzimmer: sprechzimmer platform add --help names them.
register-failed-title = That did not work
register-link-title = This link is no longer valid
register-link = It is used up or older than 24 hours. Please ask for a new one.
register-link-remedy = This command on the machine of Sprechzimmer makes a new one: sprechzimmer platform invite.
register-busy-title = A connection is being made
register-busy = A registration with this link is under way. Wait half a minute, then you can try again.
register-configured-title = Already registered
register-configured = This learning platform stands in the configuration file of Sprechzimmer and is changed there. Nothing was stored.
register-inward = The learning platform is not on the public internet. The link still works, nothing was stored.
register-inward-remedy = If it is in your own network, enter this network at platform_networks in the configuration of Sprechzimmer.
register-unreachable = The learning platform does not answer as it must. The link still works, nothing was stored.
register-unreachable-remedy = Check whether the machine of Sprechzimmer can reach the learning platform.
register-wrong = What the learning platform sent cannot be used. The link still works, nothing was stored.

### Start page

start-title = Sprechzimmer
start-lead = This is the place for confidential counselling talks, in a window of its own.
start-open = Open Sprechzimmer
start-opened = Sprechzimmer is open in its own window.
start-over = This page is a little old. Please open the activity in the course again.
start-expired-title = That was a little too late
start-expired = For safety the button works only for a short time and only once. Close this window and open Sprechzimmer in your course again.

### Choosing what to put into the course (in the frame of the learning platform)

choice-title = What shall go into the course?
choice-legend = Where does the new activity lead?
choice-door = Sprechzimmer door of this course
choice-door-hint = For everybody in the course. Each person finds only their own invitations there.
choice-door-item = Sprechzimmer
choice-talk-item = Counselling talk: { $moment }
choice-people = { $people ->
    [one] 1 person is invited, { $length }
   *[other] { $people } people are invited, { $length }
}
choice-none-offered = A planned consultation appears here once you have released it for the course in Sprechzimmer, under “Ways in”.
choice-seen-title = Good to know.
choice-seen = Everybody in the course sees the time, but no names. In the learning platform, restrict the activity to those who are invited.
choice-place = Put into the course
choice-cancel = Cancel
choice-wrong = One more thing, please
choice-nothing = Choose what shall go into the course.
choice-vanished = One of the consultations is no longer here. Please look at the choice once more.
choice-cancelled = Nothing was chosen.
choice-refused-title = Nothing can be put into the course here
choice-refused = Only teachers who may begin a consultation in this course can do that.
choice-unwanted = The learning platform takes no activity of Sprechzimmer at this place.
choice-back = Back to the learning platform
choice-answer-title = One moment please
choice-answer = The answer goes back to the learning platform.
choice-answer-go = On to the learning platform
choice-late-title = This choice is no longer valid
choice-late = It was sent already or is too old. Please begin again in the learning platform.

### Opening a link that was put into the course

placed-copied-title = This activity belongs to another course
placed-copied = It was copied along with a course. The consultation has stayed where it was planned.
placed-copied-teacher = Delete this activity here. For a consultation in this course, put a new one into it.
placed-gone-title = No consultation belongs to this activity
placed-gone = Perhaps it is over and deleted already, or it was called off. Please ask the person who invited you.
placed-gone-teacher = The activity can be deleted from the course.
placed-teacher = For teachers

### Landing

landing-title = Sprechzimmer
landing-lead = This is where the school holds confidential counselling talks by video. Nobody can enter without an invitation, and after the talk everything is deleted.
landing-course = You have an account in the learning platform? Open Sprechzimmer there, in your course.
landing-link = You received a personal link? Open exactly this link.
landing-left = You have left.
landing-left-lead = Nothing of yours remains on this device. You can close the window.
landing-setup-title = For the administrator
landing-setup = No learning platform is registered yet. Create an external tool (LTI 1.3) there with these addresses and enter the platform’s values into the configuration.
landing-setup-login = Login initiation address
landing-setup-launch = Address of the tool and of the redirect
landing-setup-keys = Address of the public keys

### Words of several pages

frame-print = Print
title-pupil = pupil
title-parent = parent
title-teacher = teacher
title-expert = expert
title-other = other person
standing-invited = invited
standing-declined = does not want to
standing-consented = agreed
standing-waiting = waiting
standing-admitted = admitted
standing-inside = in the room
standing-turned-away = turned away
standing-revoked = link not valid
setting-only-tickets = Only the people on the list come in, each by a way of their own.
setting-waiting-room = The waiting room is always on. Nobody comes in without being admitted one by one.
setting-one-moderator = Only the counselling teacher leads the talk.
setting-fresh-room = Every talk has a new room, which is never used again.
setting-memory-only = Nothing of the room is written to a disk. After the end nothing of it remains.
setting-one-seat = Every way in is for one person and one seat.
setting-no-recording = There is no recording.
setting-announced-there = That it is voluntary, and that there is a waiting room, is said in the video system's room as well.
setting-only-signed-ways = Every way in is signed for one person and this one room.
setting-closed-features = Side rooms, private messages, transcripts and foreign contents are switched off.
setting-second-lobby = The video system's own waiting room is on as well. There the counsellor lets each person in once more.
setting-no-promotion = Nobody can be made moderator in the room.
setting-this-very-room = Ways in are for this very room, even if there were another of the same name.
setting-end-checked = After the end the room was looked for in three ways: it is not there any more, stands in no list, and there is no recording.
setting-operators-part = Logs of the video server are deleted by whoever runs it, after the times set there. The check of the configuration names the settings.
setting-way-for-one-click = Every way in is made at the click, and kept nowhere.
setting-watched-by-ids = Who is in the room is checked all the time, by our own ids.
setting-no-recording-there = Recording and the log of events are switched off, and the room was checked for it.
setting-banner-there = The ban on recordings stands above the talk all the time.
setting-closed-server = All other rooms of this video system are closed.
setting-locked-lobby = In the video system nobody can switch the waiting room off, and no password leads past it.
setting-end-tried = After the end an old way in was tried. It was refused.

### Overview

overview-title = Overview
overview-new = New consultation
overview-empty = No consultation yet
overview-empty-who = You decide who takes part.
overview-empty-waiting = Everybody gets a way in of their own and waits until you admit them.
overview-empty-end = At the end the room and all names are deleted.
overview-outside = A consultation belongs to a course. Open Sprechzimmer from the activity in your course.
overview-section-open = Open now
overview-section-planned = Planned
overview-section-ended = Ended
overview-section-invitations = Invitations
overview-draft = not fixed yet
overview-planned = planned
overview-open = open
overview-pending = being deleted
overview-erased = deleted
overview-nobody = nobody on the list yet
overview-with = with { $names }
overview-by = by { $name }
overview-invited = invited
overview-invited-now = now
overview-pending-hint = The deletion is still running. The proof is there as soon as everything is gone.
overview-proof = Proof of deletion
overview-proof-at = deleted and checked: { $moment }
overview-proof-day = You see the proof here for one day. Download it for your file.
overview-leave = Sign out

### Passkeys

passkey-new-title = Protect your consultations
passkey-new-lead = A passkey shows that it is really you: you confirm it with your face, your fingerprint or the PIN of your device.
passkey-new-why = Then nobody else sees or opens your consultations, not even somebody who can log in to the learning platform as you.
passkey-new-required = Your school wants consultations to be planned with a passkey only.
passkey-new-now = Set it up now
passkey-new-later = Later
passkey-new-kept = Face, fingerprint and PIN stay on your device. What lies here is a public key by which your confirmation can be checked. A passkey that is not used for 400 days is deleted.
passkey-new-without = Without a passkey you see a consultation only in the browser in which you planned it. You can set up a passkey on your overview at any time.
passkey-label = Name for this device
passkey-label-hint = Only you see it, in your list.
passkey-unnamed = My device
passkey-no-script = For a passkey this page needs JavaScript, which is switched off in your browser.
passkey-failed = That did not work. Please try again.
passkey-not-allowed = Nothing was confirmed. Try again when you are ready.
passkey-there-already = This device already holds a passkey of yours.
passkey-unsupported = This browser knows no passkeys. Use a newer browser or another device.
passkey-prove-title = Please confirm that it is you
passkey-prove-lead = You have a passkey, and we do not know this browser yet. Afterwards we know it for half a year.
passkey-prove-now = Confirm
passkey-lost = No passkey at hand?
passkey-lost-how = Whoever runs Sprechzimmer at your school can reset your access. For this you get a number to tell them.
passkey-lost-number = Show the number
passkey-own-title = Your passkeys
passkey-own-list = What you confirm with
passkey-own-hint = A second passkey on another device helps when one is lost. Without a passkey you see your consultations only in this browser.
passkey-since = Set up: { $made }. Last used: { $used }.
passkey-made = Your consultations are protected now. In a new browser you confirm once that it is you.
passkey-to-overview = To the overview
passkey-another = Set up another passkey
passkey-remove = Remove
passkey-remove-one = Remove passkey { $name }
passkey-browsers = Known browsers
passkey-browsers-others = { $others ->
    [0] Only this browser is known.
    [1] Beside this one, one more browser is known.
   *[other] Beside this one, { $others } more browsers are known.
}
passkey-browsers-forget = Forget all others
passkey-recovery-title = Your number
passkey-recovery-lead = Tell this number to whoever runs Sprechzimmer at your school. It is good for 30 minutes.
passkey-recovery-then = Afterwards you see your consultations in this browser. The passkeys you had until now are no longer good.
passkey-recovery-more = The number opens nothing by itself. They have to make sure that it is you, best by talking with you. That they have reset your access stands in a log and on your overview.
passkey-told-title = Your access was reset
passkey-told = { $moment }: the administration forgot your passkeys and known browsers, and gave your consultations to the browser that showed the number.
passkey-told-not-you = Was it not you? Then please tell { $officer } (data protection) at once.
passkey-told-read = I have read this
passkey-bound = Without a passkey you see this consultation only in this browser, on this device.
passkey-bound-protect = Protect it with a passkey
passkey-elsewhere = What you planned in another browser appears only there.
passkey-elsewhere-how = With a passkey you will see everything in each of your browsers. If the other browser is gone, the administration can help you with a number. Otherwise a consultation that is never opened ends by itself.

### New consultation

draft-new-title = New consultation
draft-step-when = Time
draft-step-who = People
draft-step-links = Ways in
draft-date = Day
draft-time = Time
draft-length = Length
draft-when-hint = You can change the time until the list is fixed.
draft-next = Next
draft-title = Who takes part?
draft-lead = Only these people and you come into the room.
draft-list = On the list
draft-list-empty = Nobody yet.
draft-remove = Remove
draft-remove-name = Remove { $name }
draft-full = The list is full. With you, these are as many people as fit into a room.
draft-someone = Add somebody
draft-name = Name
draft-role = Role
draft-role-of = Role of { $name }
draft-way = How does this person come in?
draft-way-link = personal link
draft-way-link-hint = Without an account. The learning platform learns nothing of it.
draft-way-launch = with an account in the learning platform
draft-way-launch-hint = Through the course. The first time, you confirm who it is.
draft-course = From the course
draft-search = Search for a name
draft-search-hint = The names come from your course. We keep only those whom you put on the list.
draft-search-do = Search
draft-skip = Skip the names
draft-search-none = Nobody of this name belongs to the course.
draft-search-failed = The search does not work at the moment. Please try again shortly.
draft-loading = The names are being fetched.
draft-found = { $people ->
    [0] Nobody found.
    [one] One person.
   *[other] { $people } people.
  }
draft-more = { $people ->
    [one] And one more person. Search for the name.
   *[other] And { $people } more people. Search for the name.
  }
draft-twice = Several people have this name. Use a personal link, so that the invitation does not go to the wrong person.
draft-again = Try again
draft-instead = Enter the name below. With an account in the learning platform you confirm who it is when they open Sprechzimmer for the first time. Without an account a personal link is enough.
draft-no-list-title = There is no list of names here.
draft-no-list = Your learning platform does not tell us who belongs to the course.
draft-no-list-site = This activity belongs to the whole school and not to a course. We do not fetch a list of all accounts.
draft-no-list-foreign = The address at which your learning platform lists the members does not belong to this course. So we do not ask there.
draft-no-names-title = Names are missing.
draft-no-names = Your learning platform lists the members of the course without names.
draft-some-nameless = { $people ->
    [one] One person has no name in the learning platform and is therefore not shown here.
   *[other] { $people } people have no name in the learning platform and are therefore not shown here.
  }
draft-unread-title = The names from the course are not available at the moment.
draft-unread-silent = Your learning platform does not answer.
draft-unread-expired = The certificate of your learning platform has expired. Please tell your school’s administrator.
draft-unread-denied = Your learning platform does not give us the list. A setting is missing for that.
draft-unread-clock = The clocks of the two systems differ.
draft-unread-long = The list is longer than a course can be.
draft-unread-wrong = Your learning platform sends something that we cannot read.
draft-unread-code = The reason is “{ $code }”. Check that the service “Names and Roles” is switched on for Sprechzimmer.
draft-clock-ahead = The clock of the learning platform is about { $amount } ahead. Set both clocks from the network (NTP).
draft-clock-behind = The clock of the learning platform is about { $amount } behind. Set both clocks from the network (NTP).
draft-clock-apart = Set the clocks of both systems from the network (NTP).
draft-clock-seconds = { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  }
draft-clock-minutes = { $minutes } minutes
draft-add = Put on the list
draft-when = When
draft-when-keep = Keep this time
draft-seal-title = Ready?
draft-seal-hint = After this the list cannot be changed any more. The ways in are made in the same moment.
draft-seal = Fix the list
draft-check-title = Please look once more.
draft-check = We have put what stood in the form on the list. If it is right, fix it.
system-title = Where the talk takes place
system-choose = Video system
system-hint = Once the list is fixed, it stays that way.
system-embedded = In Sprechzimmer itself
system-bigbluebutton = BigBlueButton
system-jitsi = Jitsi Meet
system-here = The talk takes place on these pages.
system-elsewhere = The talk opens in a window of its own.
system-barred = Not available at the moment.
system-of-talk = Video system: { $system }
system-trouble = { $system } is not available at the moment, and the consultation does not move by itself. Try again later, or call it off and plan a new one.
draft-always = What always holds
draft-discard = Discard this draft
draft-wrong = One more thing, please
draft-wrong-date = This day does not exist.
draft-wrong-time = This time does not exist.
draft-wrong-skipped = This time does not exist on that day, because summer time begins.
draft-wrong-past = This time has already passed.
draft-wrong-length = Please choose one of the lengths.
draft-wrong-name = Please enter a name.
draft-wrong-name-long = The name is too long. There is room for { $most } characters.
draft-wrong-name-twice = The name is already on the list. Add something so that the two can be told apart.
draft-wrong-title = Please choose a role.
draft-wrong-full = So many people do not fit into a room.
draft-wrong-nobody = There is nobody on the list yet.
draft-wrong-system = This video system is not available at the moment. Please choose another one.

### Links

links-title = Ways in
links-lead = Every person gets a way in of their own. Give it to nobody else.
links-of = Personal link for { $name }
links-copy = Copy
links-copied = The link is copied.
links-not-copied = Please copy the marked link by hand.
links-letter = Letter
links-calendar = Calendar file
links-calendar-title = Appointment
links-code = QR code
links-code-of = QR code with the personal link for { $name }
links-code-hint = Only for this person
links-change = Replace or block the link
links-change-hint = The old link then stops working at once, even in a browser in which it is already open. Whoever agreed by it is asked again.
links-renew = Make a new link
links-revoke = Block the link
links-revoked = The link is blocked. Without a new one this person cannot come in.
links-by-launch = Comes through the learning platform and needs no link.
links-turned-away = This person was turned away and has no way in any more.
links-course = In the course
links-offer-hint = This consultation can be put into the course as an activity of its own. Whoever is on the list and comes through the learning platform gets from there straight here.
links-offer-seen = Everybody in the course then sees the time, but no names. In the learning platform you can set who sees the activity.
links-offer = Release for the course
links-offered = Released. In the course, choose “Add an activity”, then Sprechzimmer, then this time.
links-withdraw = Take the release back
links-trace-title = Good to know.
links-trace = The learning platform may note who opened the activity and when. A personal link leaves no trace there.
links-next = To the talk

### Letter

letter-title = Letter
letter-heading = Invitation to a talk
letter-greeting = Hello { $name },
letter-invitation = { $initiator } invites you to a confidential talk by video.
letter-how = How to come in: point the camera of your phone at the pattern, or type the address.
letter-personal = The link is only for you. It works on the first device on which you open it.
letter-voluntary = Taking part is voluntary. Saying no has no disadvantage, and you can leave at any time.
letter-alone = Please find a place where nobody else can listen.
letter-ban = Recordings and screenshots are forbidden (sections 201, 201a of the German Criminal Code).

### Cockpit

cockpit-title = Talk
cockpit-people = Who is here
cockpit-waiting-names = Waiting: { $names }
cockpit-since = waiting for
cockpit-under = less than a minute
cockpit-admit = Admit
cockpit-admit-name = Admit { $name }
cockpit-send-back = Back to the waiting room
cockpit-send-back-name = Send { $name } back to the waiting room
cockpit-turn-away = Turn away
cockpit-turn-away-name = Turn away { $name }
cockpit-turn-away-hint = This person cannot come into this talk any more. It cannot be undone.
cockpit-turn-away-final = Turn away for good
cockpit-alarm = { $time }: Somebody was in the room without having been admitted.
cockpit-alarm-hint = The seat was cut at once. Look who is in the room, and report the incident.
cockpit-alarm-by-hand = Remove this person in the video system, and report the incident. If it stays so, the room is ended by itself.
cockpit-alarm-look = See who is in the room, and report the incident.
cockpit-alarm-moderator = { $time }: Somebody else has the rights of a moderator in the room.
cockpit-alarm-recording = { $time }: The video system records, or is ready to.
cockpit-alarm-twice = { $time }: Somebody is in the room twice. A way in may have been passed on.
cockpit-alarm-breakouts = { $time }: There are further rooms beside the room.
cockpit-expired = The certificate of the video system has expired. Who is in the room we do not know at the moment. Please tell the IT of your school.
cockpit-slow = The video system is not answering right now. We do not know at the moment who is in the room.
cockpit-locked = The waiting room is closed.
cockpit-locked-hint = Whoever waits goes on waiting. Nobody is admitted until you open it.
cockpit-lock = Admit nobody else
cockpit-unlock = Admit people again
cockpit-end = End and delete
cockpit-room = Room
cockpit-room-planned = not open yet
cockpit-room-opening = being opened
cockpit-room-open = open
cockpit-sealed-hint = Whoever has agreed can wait shortly before the start. Open the room when you are ready.
cockpit-opening-hint = The room is being made. This takes a moment.
cockpit-open = Open the room
cockpit-enter = Enter the room
cockpit-opened = Open for
cockpit-until = Planned to end in
cockpit-until-under = a few moments
cockpit-links = Ways in
cockpit-incident = Report an incident
cockpit-cancel = Call off the consultation
cockpit-sound = Sound when somebody waits
cockpit-refresh = Reload
cockpit-failed = That was not possible right now. Look at the list to see where things stand.
cockpit-lost = The connection is interrupted. We keep trying, please leave this page open.
cockpit-refused-locked = The waiting room is closed. Open it to admit somebody.
cockpit-refused-gone = Your connection was away for longer, so nobody is admitted right now. Reload this page and try again in a moment.
cockpit-refused-standing = This person is not waiting at the moment.
cockpit-refused-phase = The room is not open.

### Recognising somebody

wish-title = { $name } asks to be recognised.
wish-hint = This is the name in the learning platform. Who on your list is it?
wish-confirm = This is { $name }
wish-dismiss = Nobody on the list

### End

end-title = End the talk?
end-text = The room and all names are deleted at once. This cannot be undone.
end-cancel-title = Call off the consultation?
end-cancel-text = All ways in and all names are deleted at once. Please tell those you invited.
end-cancel = Call off and delete
ended-title = The talk has ended
ended-lead = The room and all names are being deleted now. After that you see the proof here.
ended-pending = The deletion is running.
ended-since = Ended at { $time }.
ended-again = { $attempts ->
    [one] One attempt did not work. We keep trying by ourselves until everything is gone.
   *[other] { $attempts } attempts did not work. We keep trying by ourselves until everything is gone.
}
ended-expired = The certificate of the video system has expired. Please tell the IT of your school.
ended-next = Next try: { $time }
ended-look = Reload

### Opening

elsewhere-title = Talk
elsewhere-soon-title = It is about to begin
elsewhere-soon = { $initiator } is about to come into the talk. Then it goes on by itself, there is nothing to do.
elsewhere-silent = The room does not answer at the moment. We keep trying, please leave this page open.
elsewhere-left-title = You are no longer in the room
elsewhere-left = The talk may still be going on. You can go in again, or stop here.
elsewhere-outside = If you would like to go in again, { $initiator } lets you in once more.
elsewhere-again = Go in again
elsewhere-first = Go in first. The others come into the room only after you.
elsewhere-tab = The room opens in a second window. Leave this page open: here you let people in, and end the talk.
elsewhere-again-there = Whom you let in here, you let in once more in the room.
elsewhere-still-inside = { $name } is still in the room. Please remove this person there, as only the video system itself can. Otherwise the talk ends after a minute.
elsewhere-welcome = Taking part is voluntary. Nobody comes in without being let in one by one. After the talk the room is deleted.
elsewhere-banner = Recordings and screenshots are forbidden.
elsewhere-for-moderator = Please let in only people whom you have let in in Sprechzimmer, and leave the waiting room on.

opening-title = Before you open
opening-lead = Four ticks, then the room is open. Nobody comes in yet.
opening-legend = I take care of this
opening-incomplete = One more tick, please
opening-people = I admit only invited people.
opening-people-hint = You admit every person one by one.
opening-cameras = I ask everybody to turn on the camera.
opening-cameras-hint = So that I see who is there, and whether anybody else is listening.
opening-announcement = I say the sentence below aloud at the beginning.
opening-announcement-hint = Recordings and screenshots are forbidden.
opening-consent = I take part voluntarily myself and agree.
opening-consent-hint = Your own part is voluntary, too.
opening-say-title = The sentence for the beginning
opening-say = “Please do not record this talk, not even the sound alone, and take no screenshots. Whoever does so all the same can commit an offence under sections 201 and 201a of the German Criminal Code.”
opening-open = Open the room
opening-back = Back without opening

### Record

record-title = Proof of deletion
record-gone = The room and all names are deleted.
record-gone-hint = This proof names no person.
record-download = Download
record-id = Reference
record-school = School
record-planned = Planned
record-opened = Room opened
record-never-opened = never opened
record-ended = Ended
record-reason = Reason of the end
record-reason-initiator = ended by the counselling teacher
record-reason-empty = everybody had left the room
record-reason-planned-end = the planned time was over
record-reason-absent = the counselling teacher was away for too long
record-reason-room-lost = the video system had the room no longer
record-reason-violation = something stayed in the room that must not be there
record-reason-expired = never opened, the time was over
record-reason-cancelled = called off before it was opened
record-reason-restored = came back with a backup, and was ended for that
record-erased = Deleted and checked
record-invited = People on the list
record-admissions = Admissions
record-backend = Video system
record-backend-embedded = our own, inside the same program
record-room = Reference of the room
record-rules = Rule by rule
record-kept = kept
record-noted = noted
record-noted-intruder = The counsellor was told at once.
record-noted-moderator = Somebody else had rights of a moderator in the room.
record-noted-twice = Somebody was in the room twice at the same time.
record-noted-breakouts = There were further rooms beside the room.
record-noted-recording = The video system had recorded. The recording was deleted there.
record-never-sealed = The list was never fixed. Nobody had a way in.
record-rule-1 = Voluntary, with consent
record-rule-1-text = Nobody could wait or enter the room without having agreed before, not even the counselling teacher.
record-rule-2 = Participants fixed beforehand
record-rule-2-text = Fixed on { $time }, { $people ->
    [one] one person
   *[other] { $people } people
}. After that nobody could be added.
record-rule-3 = Waiting room
record-rule-3-text = The waiting room was on the whole time. The counselling teacher admitted { $admissions ->
    [0] nobody
    [one] somebody once
   *[other] people { $admissions } times
}.
record-rule-4 = Only the teacher leads
record-rule-4-text = Only the person who began the consultation led it.
record-rule-5 = A new room for every talk
record-rule-5-text = The reference of the room was made for this talk only and is never used again.
record-rule-6 = Deleted at once
record-rule-6-text = The room was proven to be gone on { $gone }. Names and keys were deleted on { $erased }, { $attempts ->
    [one] at the first attempt.
   *[other] at attempt number { $attempts }.
}
record-rule-6-no-room = There was no room. Names and keys were deleted on { $erased }.
record-rule-7 = Personal ways in
record-rule-7-text = Every way in belonged to one person: their account in the learning platform, or the first browser of their link.
record-rule-8 = Only invited people in the room
record-rule-8-text = { $intruders ->
    [0] Nobody was seen in the room who had not been admitted.
    [one] Once somebody was seen in the room who had not been admitted. The seat was cut at once.
   *[other] { $intruders } times somebody was seen in the room who had not been admitted. The seat was cut at once.
}
record-rule-9 = No recordings
record-rule-9-text = Everybody was told beforehand that recordings and screenshots are forbidden.
record-rule-10 = Incidents
record-rule-10-text = { $reported ->
    [0] No incident was reported.
    [one] One incident was reported.
   *[other] { $reported } incidents were reported.
}
record-nobody = This proof contains no names and no accounts. The names and their keys no longer exist.

### Room and devices

room-title = Consultation
room-until = Planned to end in
room-until-under = a few moments
room-offline = There is no internet connection.
room-no-script = The call needs JavaScript in the browser.
room-alone = Nobody else is in the room yet.
room-people = The people in this talk
room-controls = Controls
# % is the name
room-joined = % is here.
room-left = % has left.
room-sheet = People
room-sheet-lost = The list is not current. It will be back in a moment.
room-not-done = That did not work. Please try again.
room-close = Close
room-understood = All right
room-more = More about this
room-mute = Mute
room-camera-off = Camera off
room-screen = Show screen
room-incident = Report an incident
room-leave = Leave
room-ban = Recordings and screenshots are forbidden (sections 201, 201a of the German Criminal Code).
room-self = you
room-speaks = is speaking
room-muted = muted
room-no-camera = no camera
room-shares = shows the screen
room-connecting = connecting
room-away = away for a moment
room-lost = The connection is interrupted. We keep trying, please leave this page open.
room-unreachable = The connection cannot be made. Check the internet and try again.
room-to-waiting = Try again
room-replaced = You are in this talk in another window. You can close this one.
room-play = The browser plays the sound only after a click.
room-play-now = Turn the sound on
room-screen-failed = The screen cannot be shown in this browser at the moment.
room-code = Check signs
room-code-alone = As soon as somebody joins, the check signs appear here.
room-code-checking = The check signs are being worked out.
room-code-how = Read the five signs aloud to each other. If everybody sees the same, nobody listens in between.
room-code-more = Picture and sound are encrypted from one browser to the other. The signs are made from the keys and names of everybody in the room. They change when somebody comes or goes. They do not protect against somebody who changes the server itself.
room-code-mismatch = The connection cannot be trusted. Please say nothing more in confidence and end the talk.
# 64 words in the order of the signs in room.html
room-code-words = dog, cat, lion, horse, unicorn, pig, elephant, rabbit, panda, hen, penguin, turtle, fish, octopus, butterfly, snail, tulip, tree, cactus, mushroom, earth, moon, star, rainbow, fire, banana, apple, strawberry, lemon, corn, pizza, cake, cheese, robot, hat, glasses, crown, spoon, door, hammer, key, bell, clock, hourglass, gift, lamp, book, clip, pin, flag, balloon, engine, bicycle, car, rocket, boat, anchor, cup, football, guitar, trumpet, headphones, house, chair

device-camera-not-allowed = The browser may not use the camera. You can change this at the lock beside the address.
device-microphone-not-allowed = The browser may not use the microphone. You can change this at the lock beside the address.
device-camera-not-found = No camera is connected. You can talk without a camera.
device-microphone-not-found = No microphone is connected. The others cannot hear you like this.
device-camera-in-use = The camera does not answer. Another program may be using it: close it and turn the camera on again.
device-microphone-in-use = The microphone does not answer. Another program may be using it: close it and turn the microphone on again.
# the device check speaks about both at once
device-not-allowed = The browser may not use the camera or the microphone. Click the lock beside the address, allow both and try again.
device-not-found = A camera or a microphone is missing. Connect it, or go on without a camera.
device-in-use = The camera or the microphone does not answer. Another program may be using it: close it and try again.
device-insecure = At this address the browser does not allow camera and microphone. Please open the address with https:// or tell the school.
device-other = The camera or the microphone does not work at the moment. Reload the page or use another browser.
device-title = Camera and microphone
device-lead = Here you see and hear yourself. Nobody sees or hears you yet.
device-ask = Turn on camera and microphone
device-without-camera = Go on without a camera
device-picture-off = The camera is off.
device-level = Say something: the bar moves when the microphone hears you.
device-camera = Camera
device-microphone = Microphone
device-next = Next

### Personal link

link-title = Your invitation
link-lead = Open your invitation in the browser in which you want to talk later. From then on it works only there.
link-code = Paste the code
link-code-hint = The code is the part of the link after the character #. The whole link works as well.
link-open = Open the invitation
link-unknown-title = This link is no longer valid
link-unknown = The consultation may be over and deleted, or there may be a newer link. Please ask the person who invited you.
link-elsewhere-title = This link was already opened in another browser
link-elsewhere = A link works only in the browser in which it was first opened. That way nobody else can use it.
link-elsewhere-help = What helps now
link-elsewhere-first = Open the link where it was first opened: on the same device and in the same program.
link-elsewhere-new = Ask the person who invited you for a new link. That takes them one click.

### Invitation

invitation-title = Invitation
invitation-hello = Hello, { $name }
invitation-decide = { $initiator } invites you to a confidential talk by video. Whether you take part is up to you.
invitation-declined = You are not taking part, and that is fine. { $initiator } only sees that you do not want to, no reason. You can still change your mind.
invitation-come-back = Thank you, you are taking part. You can open the waiting room from
invitation-check-devices = Thank you, you are taking part. Next, a short check of camera and microphone.
invitation-wait = You are registered in the waiting room.
invitation-enter = { $initiator } has let you in. You can go to the talk.
invitation-turned-away = { $initiator } has not let you into this talk. If you think this is a mistake, please contact { $initiator }.
invitation-about = The talk
invitation-length = Length
invitation-by = Counselling teacher
invitation-with = Also invited
invitation-with-nobody = nobody else
invitation-with-pupil = a pupil
invitation-with-parent = a parent
invitation-with-teacher = a teacher
invitation-with-expert = an expert
invitation-with-other = another person
invitation-rules = What applies
invitation-voluntary-title = Voluntary.
invitation-voluntary = Saying no has no disadvantage. You may leave at any time.
invitation-waiting-title = Waiting room.
invitation-waiting = Only people whom { $initiator } lets in can enter, during the whole talk.
invitation-ban-title = No recordings.
invitation-ban = Sound, pictures and screenshots are forbidden and can be a criminal offence (sections 201, 201a of the German Criminal Code).
invitation-deletion-title = Deleted.
invitation-deletion = After the talk the room and the names are deleted at once.
invitation-alone-title = In private.
invitation-alone = Please make sure that nobody else can listen at your side.
invitation-yes = I agree
invitation-no = I do not want to
invitation-withdraw = I do not want to take part after all
invitation-try-devices = Try camera and microphone
invitation-go-on = Continue
invitation-to-waiting = To the waiting room
invitation-to-room = To the talk
invitation-stored-title = What is stored
invitation-stored = Until the end of the consultation: the name as it stands above, and when taking part was agreed to. Both are encrypted. Afterwards only a record remains, with times and the number of people, without names.
invitation-stored-elsewhere = The talk runs on the video server that the school uses. It shows the name to the others, and writes technical logs in which the name may stand for some days. Then whoever runs the server deletes them.
invitation-trace = Whoever comes by the learning platform may leave a trace there: it can note that the activity was opened. A personal link leaves no such trace.
invitation-picture-title = Picture and sound
invitation-picture = Picture and sound are encrypted from one browser to the other and are stored nowhere.
invitation-picture-elsewhere = Picture and sound are encrypted on their way to the video server of the school, and are not stored there.
invitation-ban-more = We cannot technically prevent recordings. Whoever records what is said in confidence or takes pictures without permission may commit a criminal offence.

### Waiting room

waiting-title = Waiting room
waiting-sees = { $initiator } sees that you are here and will let you in.
waiting-not-yet = { $initiator } has not opened the room yet.
waiting-start = It is planned for { $start }. There is nothing you need to do, this page will tell you.
waiting-initiator-away = { $initiator } has no connection at the moment.
waiting-locked = { $initiator } is letting nobody in at the moment.
waiting-calm = There is nothing you need to do. Just leave this page open.
waiting-again = You are back in the waiting room. The talk does not see or hear you.
waiting-lost = The connection is interrupted. We keep trying, please leave this page open.
waiting-since = You have been waiting for
waiting-since-under = less than a minute
waiting-picture = Your picture, which only you see
waiting-next = What happens next
waiting-next-more = { $initiator } lets everybody in one by one. Then the talk opens here by itself. Before that nobody sees or hears you.
waiting-leave = I am leaving
waiting-away = This page was not connected for a while. Are you still here?
waiting-here = I keep waiting

### The end

over-title = The consultation is over
over-pending-title = The room is being deleted.
over-pending = This page will show in a moment that it is done.
over-gone-title = The room is deleted
over-gone = The consultation is over. The room and all names are gone.
over-proven = Deleted and checked:
over-never-title = This consultation does not take place
over-never = The room was not opened. All names are deleted.
over-record = To the record
over-close = This window can be closed now.
over-questions = Questions?
over-whom = About the talk: ask the person who invited you. About data protection: { $officer }.

### Incident

incident-title = Report an incident
incident-lead = Has something happened that must not happen? Say briefly what it was.
incident-what = What happened?
incident-kind-stranger = Somebody unknown was in the room
incident-kind-recorded = Somebody recorded or took pictures
incident-kind-link = A link got into the wrong hands
incident-kind-technical = Something technical
incident-kind-other = Something else
incident-unsaid-title = One more answer, please
incident-unsaid = Choose what happened.
incident-write = Write the report
incident-report-title = The incident is noted
incident-report-lead = Send the report to the data-protection officer or print it. It holds no names and nothing that was said.
incident-report = Report
incident-fact-what = Incident
incident-fact-when = Reported
incident-fact-school = School
incident-fact-consultation = Id of the consultation
incident-fact-report = Id of the report
incident-fact-planned = Planned start
incident-fact-opened = Room opened
incident-fact-backend = Video system
incident-fact-people = People
incident-fact-so-far = Reports in this consultation
incident-people = { $invited } invited, { $waiting } in the waiting room, { $admitted } let in
incident-mail = Send with your own mail program
incident-mail-subject = Incident in an online consultation
incident-mail-intro = There was an incident in an online consultation. What the service knows of it, without names:
incident-print = Print
incident-powers = Act at once
incident-lock = Let nobody else in
incident-locked = Nobody else is let in
incident-end = End the talk and delete it
incident-officer = Data protection at the school
incident-officer-name = Name
incident-officer-email = E-mail
incident-officer-telephone = Telephone
incident-more = The record of the consultation holds the kind and time of the report, not who made it. The service does not know what was said.

### Not invited

uninvited-title = No invitation found
uninvited-hello = Hello, { $name }
uninvited-lead = There is no invitation for this account here at the moment.
uninvited-ask = I was invited
uninvited-more = Some invitations do not belong to an account yet, because only a name was known. A click on “I was invited” says who is waiting here. Then the person who invited you can confirm it.
uninvited-asked-title = We have passed it on
uninvited-asked = This page opens the invitation by itself as soon as it is confirmed.
uninvited-asked-more = If it takes longer, please ask the person who invited you directly.

### Demonstration

demo-instructions = Sprechzimmer to try out. All data vanish at the end (Ctrl-C).
    1. Open { $course } and choose the counselling teacher at the top.
    2. Open the activity “Counselling”, then “Open Sprechzimmer”, and prepare a talk.
    3. Open { $course } in a second browser (or a private window) and choose the pupil.
    4. The personal link for people without an account works in a third browser.
    5. As the administrator, register Sprechzimmer a second time at “External tools”, by a link.
    Sprechzimmer itself: { $service }
demo-instructions-bigbluebutton = The talks run on a simulated BigBlueButton. As the teacher, go in first; whom you let in here, you let in once more there.
demo-bbb-title = BigBlueButton, simulated
demo-bbb-waits = You are waiting. The moderator lets you in shortly.
demo-bbb-inside = Here the talk would be. In the room are:
demo-bbb-lobby = In the waiting room of BigBlueButton
demo-bbb-leave = Leave the room
demo-bbb-end = End for everybody
demo-course = Counselling at our school
demo-activity = Counselling
demo-who = Who are you right now?
demo-who-lead = In a real learning platform you log in. Here one click is enough.
demo-classmates = More people in the course
demo-add = Add an activity
demo-placed = The activity stands in the course now.
demo-placed-nothing = Nothing was added.
demo-to-course = To the course
demo-copy = Copy of this course
demo-copy-lead = This is how the added activities stand in a copy of the course, for instance in the next school year.
demo-tools = External tools
demo-pending = Not active yet
demo-activate = Activate
demo-register = Register a tool
demo-register-lead = A real learning platform asks for the link here that “sprechzimmer platform invite” prints. Here it is pasted already.
demo-in-frame = Open in the course
demo-in-window = Open in a new window
demo-counsellor = counselling teacher
demo-teacher = another teacher
demo-pupil = pupil
demo-mother = mother with an account
demo-administrator = administrator
