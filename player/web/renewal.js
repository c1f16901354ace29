/**
 * Mends an expired log-in over the running course. The application, in a window of its own, lets the
 * learner log in and goes on to this player's address under the new token, with #renewed; that page
 * hands the token over to the one where the course runs. The course is not disturbed. Any course of this origin may
 * listen to the channel: the token goes over it sealed for its attempt (seal.js), and what is not is ignored.
 * @module
 */
import {button} from './page.js';
import {text} from './texts.js';

/** @typedef {import('./shell.js').Shell} Shell */

const CHANNEL = 'fad-renewal';
const MARK = '#renewed';

/** Whether this page was opened only to hand over its token. */
export function isRenewal() {
	return location.hash === MARK;
}

/** @param {import('./seal.js').Seal|null} seal the attempt's @param {string} token */
export function handOver(seal, token) {
	new BroadcastChannel(CHANNEL).postMessage(seal?.seal(CHANNEL, new TextEncoder().encode(token)));
	setTimeout(() => window.close(), 300);
}

/**
 * @param {Shell} shell
 * @param {string} application its origin
 * @param {string|number} attempt
 * @param {import('./seal.js').Seal|null} seal the attempt's
 * @param {(token: string) => void} onToken
 * @returns {() => void} asks the learner
 */
export function offerRenewal(shell, application, attempt, seal, onToken) {
	/** @type {{close: () => void}|null} */
	let dialog = null;
	const logIn = () => window.open(`${application}/corso/${encodeURIComponent(attempt)}/rinnova`, '_blank', 'noopener');
	new BroadcastChannel(CHANNEL).addEventListener('message', ({data}) => {
		const token = data instanceof Uint8Array ? seal?.open(CHANNEL, data) : null;
		if (!token) {
			return;
		}
		dialog?.close();
		onToken(new TextDecoder().decode(token));
		shell.notify(text('renewed'));
		setTimeout(() => shell.clearNotice(), 5000);
	});
	return () => {
		dialog = shell.ask(text('expiredTitle'), text('expiredText'), [
			{label: text('logIn'), act: logIn},
			{label: text('later'), act: () => {
				dialog?.close();
				shell.notify(text('expired'), [button(text('logIn'), logIn, true)]);
			}},
		]);
	};
}
