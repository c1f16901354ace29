// The demonstration's people (server/demo), and what tests need beside them.
import {Person} from './person.mjs';

const PASSWORD = 'fse-dimostrativo';
/** One log-in a role. */
export const accounts = Object.fromEntries(Object.entries({operator: 'operatore', designer: 'progettista', provider: 'provider',
	coordinator: 'coordinatore', administrator: 'admin'}).map(([role, login]) => [role, {login, password: PASSWORD}]));

/** Somebody who has yet to do everything: a nurse with a valid codice fiscale. */
const NEWCOMER = {login: 'maria.esempio', family_name: 'Esempio', given_name: 'Maria', email: 'maria.esempio@example.org',
	codice_fiscale: 'SMPMRA80A41H501N', roles: ['operator'], profession: 14, company: 'AUSLTC', contract: 'D', target_group: 'operatori'};
const NEW_PASSWORD = 'una frase facile da ricordare';

/** @param {any} server @param {string} role */
export function logInAs(server, role) {
	return Person.logIn(server, accounts[role].login, accounts[role].password);
}

/**
 * Creates an operator, who has already chosen a password.
 * @param {any} server
 * @returns {Promise<{id: number, login: string, password: string, codice_fiscale: string}>}
 */
export async function newOperator(server) {
	const administrator = await logInAs(server, 'administrator');
	const {user} = await administrator.must('POST', '/api/users', NEWCOMER);
	const {one_time_password: once} = await administrator.must('POST', `/api/users/${user.id}/reset-password`, {});
	const person = await Person.logIn(server, NEWCOMER.login, once);
	await person.must('POST', '/api/session/password', {old: once, new: NEW_PASSWORD});
	return {id: user.id, login: NEWCOMER.login, password: NEW_PASSWORD, codice_fiscale: NEWCOMER.codice_fiscale};
}

/**
 * A new operator at the first level, whose modules hold the given packages, in any order.
 * @param {any} server
 * @param {Record<string, Buffer>} packages by the module's number
 */
export async function prepareLearner(server, packages) {
	const operator = await newOperator(server);
	const [provider, designer] = [await logInAs(server, 'provider'), await logInAs(server, 'designer')];
	const path = await designer.must('GET', '/api/path');
	const level = path.levels[0].id;
	await designer.must('PUT', '/api/path', {...path, order: 'free'});
	for (const [module, zip] of Object.entries(packages)) {
		const {version} = await designer.importPackage(`corso-${module}.zip`, zip);
		await designer.must('PUT', `/api/path/modules/${module}/levels/${level}`, {version: version.id ?? version});
	}
	await provider.must('POST', `/api/people/${operator.id}/placement/override`, {level, why: 'Prova del player'});
	return {operator, person: await Person.logIn(server, operator.login, operator.password)};
}

/**
 * Asks of everybody only the given time of study, as a provider may.
 * @param {any} server @param {number} seconds
 */
export async function askLittleTime(server, seconds) {
	const provider = await logInAs(server, 'provider');
	for (const event of (await provider.must('GET', '/api/ecm/events')).events) {
		await provider.must('PUT', `/api/ecm/events/${event.id}`, {...event, seconds_needed: seconds});
	}
}
