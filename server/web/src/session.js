// Who is using the application: the session, log-in and log-out, and the mending of a session that ended.

import { api, call, link } from './api.js';
import { signal } from './signal.js';

/** @typedef {'operator' | 'designer' | 'provider' | 'coordinator' | 'administrator'} Role */

/**
 * @typedef {object} User
 * @property {string | number} id
 * @property {string} login
 * @property {string} given_name
 * @property {string} family_name
 * @property {Role[]} roles
 * @property {boolean} must_change_password
 */

/**
 * @typedef {object} Session
 * @property {User | null} user
 * @property {string} csrf
 * @property {any} programme
 * @property {boolean} [unreachable] the first question got no answer
 */

/** Null until the server has answered for the first time. */
export const session = signal(/** @type {Session | null} */ (null));

/** Set while somebody must log in again; called with the outcome. */
export const mending = signal(/** @type {((mended: boolean) => void) | null} */ (null));

export async function loadSession() {
	const answer = await call('GET', '/session');
	link.csrf = answer.csrf;
	session.set(answer);
	return answer;
}

/** @param {string} login @param {string} password */
export async function logIn(login, password) {
	await api.post('/session', { login, password });
	return loadSession();
}

export async function logOut() {
	await api.delete('/session');
	await loadSession();
}

/** The homes of the roles, in the order in which the navigation shows them. @type {[Role, string][]} */
const homes = [
	['operator', '/percorso'],
	['designer', '/corsi'],
	['provider', '/persone'],
	['coordinator', '/avanzamento'],
	['administrator', '/utenti'],
];

/** @param {User} user */
export function homeOf(user) {
	return homes.find(([role]) => user.roles.includes(role))?.[1] ?? '/profilo';
}

/** @type {Promise<boolean> | null} */
let asking = null;

// Only the token: that nobody is logged in any more is found, and mended, by the call that needed somebody.
link.refresh = async () => {
	link.csrf = (await call('GET', '/session')).csrf;
};

// Several calls may find the session ended at once: one dialog answers them all.
link.mend = () => {
	asking ??= new Promise((resolve) => {
		mending.set((mended) => {
			mending.set(null);
			asking = null;
			resolve(mended);
		});
	});
	return asking;
};
