// What of a company's people may be seen by whom: every route that tells of them, as a table of route, role and company.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {execFileSync} from 'node:child_process';
import {after, before, test} from 'node:test';
import {code} from './exams.mjs';
import {Browser, Server} from './harness.mjs';

const server = new Server();
const own = 'AUSLTC', other = 'AUSLTNO';
const people = {};
const ids = {};

before(async () => {
	await server.start();
	const rows = [
		['propria', 'operatore', own, 'Bianchi'], ['altra', 'operatore', other, 'Verdi'], ['senza', 'operatore', '', 'Neri'],
		['coordinatore', 'coordinatore', own, 'Uno'], ['altrove', 'coordinatore', other, 'Due'], ['nessuna', 'coordinatore', '', 'Tre'],
		['regione', 'coordinatore', 'RT', 'Quattro'], ['provider', 'provider', own, 'Cinque'],
	];
	const path = join(server.folder, 'people.csv');
	writeFileSync(path, ['codice_fiscale;cognome;nome;login;ruoli;password;azienda',
		...rows.map(([login, role, company, family], n) => `${code(n)};${family};Maria;${login};${role};Prima-Password;${company}`)].join('\n'));
	const {status, out} = server.run('users', 'import', path);
	assert.equal(status, 0, out);
	for (const [login, role] of rows.filter(each => each[1] !== 'operatore')) {
		people[login] = await server.person(login);
	}
	people.administrator = await server.administrator();
	people.nobody = new Browser(server);
	for (const user of (await people.administrator.get('/api/users')).json.users) {
		ids[user.login] = user.id;
	}
});
after(() => server.finish());

const sees = {coordinatore: [own], altrove: [other], nessuna: [], regione: [own, other, ''], provider: [own, other, ''], administrator: [own, other, '']};
const families = {[own]: 'Bianchi', [other]: 'Verdi', '': 'Neri'};
const asked = ['', `company=${own}`, `company=${other}`, 'company=-', `company=${own}&company=${other}`];

/** The companies that an answer tells of, by route. */
const told = {
	'/api/progress': json => json.by_company.map(each => each.company ?? ''),
	'/api/progress/people': json => json.people.map(each => each.company ?? ''),
	'/api/progress/people.csv': (_, text) => Object.keys(families).filter(each => text.includes(families[each])),
	'/api/progress.csv': (_, text) => text.trim().split('\r\n').slice(1).map(line => line.split(';')[0]).map(name => ({'Azienda USL Toscana Centro': own, 'Azienda USL Toscana Nord Ovest': other})[name] ?? name),
	'/api/progress.xlsx': (_, text, bytes) => {
		const path = join(server.folder, 'foglio.xlsx');
		writeFileSync(path, bytes);
		const strings = execFileSync('unzip', ['-p', path, 'xl/sharedStrings.xml'], {encoding: 'utf8'});
		return [[own, 'Azienda USL Toscana Centro'], [other, 'Azienda USL Toscana Nord Ovest']].filter(each => strings.includes(each[1])).map(each => each[0]);
	},
};

for (const [route, read] of Object.entries(told)) {
	test(`${route} tells of the companies that one may see, whatever is asked`, async () => {
		assert.equal((await people.nobody.get(route)).status, 401);
		for (const [who, may] of Object.entries(sees)) {
			for (const query of asked) {
				const answer = await people[who].get(`${route}?${query}`);
				assert.equal(answer.status, 200, `${who} ${query}`);
				const shown = read(answer.json, answer.text, answer.bytes).filter((each, i, all) => all.indexOf(each) === i);
				const wanted = new URLSearchParams(query).getAll('company').at(-1);
				const fits = may.length < 3 || !wanted ? may : may.filter(each => each === wanted);
				const expected = route.endsWith('xlsx') ? fits.filter(each => each !== '') : fits;
				assert.deepEqual(shown.sort(), [...expected].sort(), `${who} ${query}`);
			}
		}
	});
}

/** What a reader sees once the writer, whom nobody waits for, has come to it. */
async function until(what) {
	for (let tries = 0; tries < 500; tries++) {
		const found = await what();
		if (found.length > 0) {
			return found;
		}
		await new Promise(resolve => { setTimeout(resolve, 10); });
	}
	return assert.fail('waited in vain');
}

test('/api/progress/people/ID of another company is not there at all', async () => {
	for (const [who, may] of Object.entries(sees)) {
		for (const [login, company] of [['propria', own], ['altra', other], ['senza', '']]) {
			const answer = await people[who].get(`/api/progress/people/${ids[login]}`);
			assert.equal(answer.status, may.includes(company) ? 200 : 404, `${who} ${login}`);
			if (answer.status === 200) {
				assert.ok(!answer.text.includes('RSSMRA'), 'no tax code');
				assert.ok(!('email' in answer.json) && !('placements' in answer.json));
			} else {
				assert.ok(!answer.text.includes(families[company]));
			}
		}
	}
	assert.equal((await people.nobody.get(`/api/progress/people/${ids.propria}`)).status, 401);
});

test('people of no role of an operator have no page of progress', async () => {
	assert.equal((await people.administrator.get(`/api/progress/people/${ids.coordinatore}`)).status, 404);
});

test('a coordinator whose company is changed sees the new one at once, and nothing without the role', async () => {
	await people.administrator.put(`/api/users/${ids.altrove}`, {company: own});
	assert.deepEqual((await people.altrove.get('/api/progress/people')).json.people.map(each => each.family_name), ['Bianchi']);
	await people.administrator.put(`/api/users/${ids.altrove}`, {company: other, roles: ['operator']});
	assert.equal((await people.altrove.get('/api/progress/people')).status, 403);
	await people.administrator.put(`/api/users/${ids.altrove}`, {company: other, roles: ['coordinator']});
});

test('who takes a list away is written down', async () => {
	await people.coordinatore.get('/api/progress/people.csv?search=Bianchi');
	const acts = await until(async () => (await people.administrator.get('/api/audit?subject=route:progress.people.csv')).json.acts
		.filter(each => each.by === 'Uno Maria'));
	assert.equal(acts[0].act, 'data.taken');
	assert.equal(acts[0].detail, '/api/progress/people.csv');
});

test('the lists filter by group, level, profession, state, module and name', async () => {
	const names = async query => (await people.regione.get(`/api/progress/people?${query}`)).json.people.map(each => each.family_name);
	assert.deepEqual(await names('search=verd'), ['Verdi']);
	assert.deepEqual(await names('profession=0'), ['Bianchi', 'Neri', 'Verdi']);
	assert.deepEqual(await names('profession=14'), []);
	assert.deepEqual(await names('state=none'), ['Bianchi', 'Neri', 'Verdi']);
	assert.deepEqual(await names('state=completed'), []);
	assert.deepEqual(await names('group=mmg_pls'), []);
	assert.deepEqual(await names('module=1'), []);
	assert.deepEqual(await names('level=base'), []);
});
