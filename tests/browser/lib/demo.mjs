// The demonstration's people, and what a test needs of them.
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {Person} from './person.mjs';

export const learner = {login: 'admin', password: 'una frase lunga di prova'};

/** TEMPORARY @param {any} server */
export async function prepareLearner(server, packages) {
	const once = /password monouso «([^»]+)»/.exec(server.output)[1];
	const first = await Person.logIn(server, 'admin', once);
	await first.must('POST', '/api/session/password', {old: once, new: learner.password});
	execFileSync('python3', ['-c', `
import sqlite3,sys
c=sqlite3.connect(sys.argv[1])
for r in ('operator','designer','provider'): c.execute("insert into person_role select id, ? from person where login='admin'",(r,))
c.commit()`, join(server.data, 'fad.db')]);
	const person = await Person.logIn(server, learner.login, learner.password);
	await person.must('POST', '/api/people/1/placement/override', {level: 'base', why: 'prova'});
	for (const [module, zip] of Object.entries(packages)) {
		const {version} = await person.importPackage(`corso-${module}.zip`, zip);
		await person.must('PUT', `/api/path/modules/${module}/levels/base`, {version: version.id ?? version});
	}
	return person;
}
