/**
 * Mends an expired log-in over the running course. The application, in a window of its own, lets the
 * learner log in and goes on to this player's address under the new token, with #renewed; that page
 * hands the token over to the one where the course runs. The course is not disturbed.
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

/** @param {string|number} attempt @param {string} token */
export function handOver(attempt, token) {
	new BroadcastChannel(CHANNEL).postMessage({attempt, token});
	setTimeout(() => window.close(), 300);
}

/**
 * @param {Shell} shell
 * @param {string} application its origin
 * @param {string|number} attempt
 * @param {(token: string) => void} onToken
 * @returns {() => void} asks the learner
 */
export function offerRenewal(shell, application, attempt, onToken) {
	/** @type {{close: () => void}|null} */
	let dialog = null;
	const logIn = () => window.open(`${application}/corso/${encodeURIComponent(attempt)}/rinnova`, '_blank');
	new BroadcastChannel(CHANNEL).addEventListener('message', ({data}) => {
		if (String(data.attempt) !== String(attempt)) {
			return;
		}
		dialog?.close();
		onToken(data.token);
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
