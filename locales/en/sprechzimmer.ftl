# Every word a person reads, English. The ids are those of the German file.

### Frame

frame-skip = Skip to content
frame-languages = Language
frame-back = Back
frame-more = More about this
frame-foot = Confidential: what is said here is not recorded.

### Errors

error-title = That did not work
error-reference = Reference: { $reference }
error-not-found-title = This page does not exist
error-not-found = Perhaps the consultation is over and deleted. Open the activity in your course again, or ask the person who invited you.
error-not-now-title = Not possible right now
error-not-now = The consultation has moved on in the meantime. Go back and see where it stands.
error-bad-request = Something was missing. Go back and try again.
error-too-many-title = One moment please
error-too-many = These were very many attempts in a short time. Wait a minute and then try again.
error-backend = The video system is not answering right now. Nothing is lost. Try again in a minute.
error-database = We cannot reach our data right now. Nothing is lost. Try again in a minute.
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
link-lead = One moment, the invitation is being opened.
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
invitation-trace = Whoever comes by the learning platform may leave a trace there: it can note that the activity was opened. A personal link leaves no such trace.
invitation-picture-title = Picture and sound
invitation-picture = Picture and sound are encrypted from one browser to the other and are stored nowhere.
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
