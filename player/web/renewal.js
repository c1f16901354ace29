/**
 * Mends an expired log-in over the running course: the application, in a window of its own, lets the
 * learner log in and hands a new token back. The course below is not disturbed.
 * @module
 */
import {text} from './texts.js';

/** @typedef {import('./shell.js').Shell} Shell */

const TOKEN = /^[A-Za-z0-9_-]{20,}$/;

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
	/** @type {Window|null} */
	let popup = null;
	const logIn = () => {
		popup = window.open(`${application}/renew?attempt=${encodeURIComponent(attempt)}`, 'fad-renew');
	};
	window.addEventListener('message', event => {
		const {data} = event;
		if (event.origin !== application || data?.type !== 'fad-renewed' || String(data.attempt) !== String(attempt) ||
			!TOKEN.test(data.token)) {
			return;
		}
		dialog?.close();
		popup?.close();
		onToken(data.token);
		shell.notify(text('renewed'));
		setTimeout(() => shell.clearNotice(), 5000);
	});
	return () => {
		dialog = shell.ask(text('expiredTitle'), text('expiredText'), [
			{label: text('logIn'), act: logIn},
			{label: text('later'), act: () => {
				dialog?.close();
				const again = document.createElement('button');
				again.className = 'button main';
				again.textContent = text('logIn');
				again.addEventListener('click', logIn);
				shell.notify(text('expired'), [again]);
			}},
		]);
	};
}
