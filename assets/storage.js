// The learning platform's own storage, by messages between windows (LTI Client Side postMessages 0.1, LTI postMessage Storage 0.1):
// for frames in which the browser lets us store nothing. What comes back is believed only from the window that was asked and from
// the platform's origin, and the server believes it only as far as its own seal does.

const TIMEOUT = 1000; // milliseconds for each answer
const LEGACY = 'org.imsglobal.'; // before the names of the messages, as Sakai still has it

/**
 * The storage of the platform around this frame; null where there is none.
 * @param {string} origin of the platform's authorization URL
 * @param {string | undefined} offered `lti_storage_target`, if the platform sent it
 */
export async function platformStorage(origin, offered) {
  const around = window.parent;
  if (!origin || around === window) return null;
  const can = await capabilities(around);
  if (!can && offered === undefined) return null;
  return {
    /** @param {string} key @param {string | null} value null removes it */
    put: (key, value) => ask('lti.put_data', { key, value }),
    /** @param {string} key @returns {Promise<unknown>} */
    get: async (key) => (await ask('lti.get_data', { key }))?.value,
  };

  /** @param {string} subject @param {object} message */
  function ask(subject, message) {
    const listed = can?.find((entry) => entry.subject === subject || entry.subject === LEGACY + subject);
    if (can && !listed) return null;
    // what the capabilities say counts first, then what the login said, then the window around us
    const target = frame(around, listed?.frame ?? offered);
    const subjects = listed ? [listed.subject] : [subject, LEGACY + subject];
    return first(subjects.map((name) => send(target, origin, { ...message, subject: name })));
  }
}

/** What the platform can do. The question says nothing, so it may go to any origin. @param {Window} around */
async function capabilities(around) {
  const subjects = ['lti.capabilities', `${LEGACY}lti.capabilities`];
  const answer = await first(subjects.map((subject) => send(around, '*', { subject })));
  const listed = answer?.supported_messages;
  if (!Array.isArray(listed)) return null;
  return listed.filter((entry) => typeof entry?.subject === 'string');
}

/** The frame of that name beside us; `_parent` and an unknown name are the window around. @param {Window} around @param {unknown} name */
function frame(around, name) {
  if (typeof name !== 'string' || name === '' || name === '_parent') return around;
  try {
    return around.frames[name] ?? around;
  } catch {
    return around; // the browser does not let us look at that name
  }
}

/** Sends one question and waits for its answer; null without one. @param {Window} target @param {string} origin @param {object} message */
function send(target, origin, message) {
  const id = `sprechzimmer-${crypto.randomUUID()}`;
  const expected = [`${message.subject}.response`, `${message.subject.replace(LEGACY, '')}.response`];
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(null), TIMEOUT);
    window.addEventListener('message', hear);
    try {
      target.postMessage({ ...message, message_id: id }, origin);
    } catch {
      finish(null);
    }

    function hear({ source, origin: from, data }) {
      const theirs = source === target && (origin === '*' || from === origin);
      if (!theirs || data?.message_id !== id || !expected.includes(data.subject)) return;
      finish(data.error ? null : data);
    }

    function finish(answer) {
      clearTimeout(timer);
      window.removeEventListener('message', hear);
      resolve(answer);
    }
  });
}

/** The first answer of several questions; null if none is answered. @param {Promise<object | null>[]} answers */
async function first(answers) {
  const real = answers.map((answer) => answer.then((found) => found ?? Promise.reject(new Error('no answer'))));
  return Promise.any(real).catch(() => null);
}
