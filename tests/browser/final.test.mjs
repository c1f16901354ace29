// From the last module to the credits in Chromium: a final test that fails, the contents again, one that is passed
// after a second window and a lost network, the quality questionnaire, and what the provider sees. Every page on
// the way is right by WCAG 2.1 A and AA.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {logIn, look, openBrowser, openContext} from './lib/browser.mjs';
import {accounts, askLittleTime, logInAs, prepareLearner} from './lib/demo.mjs';
import {declare, fillQuestionnaire, handIn, sit} from './lib/exams.mjs';
import {package12} from './lib/package.mjs';
import {Server} from './lib/server.mjs';

/** A course of one page that says at once that it is completed. */
const course = package12('BREVE', [{id: 'I', title: 'Breve', href: 'index.html'}], {'index.html': `<!doctype html><html lang="it"><title>Breve</title>
<p>Completato.</p><script>const {API} = parent; API.LMSInitialize(''); API.LMSSetValue('cmi.core.lesson_status', 'completed');
API.LMSCommit(''); addEventListener('pagehide', () => API.LMSFinish(''));</script></html>`});

let server, browser, context, trouble, page, operator, event;

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	({operator} = await prepareLearner(server, {1: course}));
	const designer = await logInAs(server, 'designer'), provider = await logInAs(server, 'provider');
	const path = await designer.must('GET', '/api/path');
	await designer.must('PUT', '/api/path', {...path, modules: path.modules.slice(0, 1)});
	await askLittleTime(server, 0);
	[event] = (await provider.must('GET', '/api/ecm/events')).events;
	await provider.must('PUT', `/api/ecm/events/${event.id}/final`, {again_seconds: 1});
	({context, trouble} = await openContext(browser, server));
	page = await context.newPage();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

/** Opens the module, lets the course say that it is completed, comes back. */
async function study(button) {
	await page.getByRole('button', {name: button}).first().click();
	await page.frameLocator('iframe[name=sco]').getByText('Completato.').waitFor();
	await page.waitForTimeout(2500); // time to be counted
	await page.getByRole('link', {name: 'Torna al percorso'}).click();
	await page.getByRole('heading', {name: 'I moduli', exact: true}).waitFor();
}

test('after the modules the home leads to the final test', async () => {
	await logIn(page, server, operator.login, operator.password);
	await page.getByRole('navigation', {name: 'Le tappe fino ai crediti'}).waitFor();
	await study('Inizia il modulo');
	await page.getByRole('heading', {name: 'Ora la prova finale'}).waitFor();
	await look(page, 'final-home');
	await page.getByRole('link', {name: 'Vai alla prova finale'}).click();
	await page.getByText('Si supera con almeno 9 risposte esatte').waitFor();
	await look(page, 'final-intro');
});

test('a failed test asks for the contents again', async () => {
	await page.getByRole('button', {name: 'Inizia la prova'}).click();
	await page.getByRole('heading', {name: 'Domanda 1 di 12'}).waitFor();
	await look(page, 'final-question');
	await sit(page, 8);
	await look(page, 'final-review');
	await handIn(page);
	await page.getByRole('heading', {name: 'La prova non è superata'}).waitFor();
	await page.getByText('8 risposte esatte su 12: ne servivano 9.').waitFor();
	await look(page, 'final-failed');
	await page.getByRole('link', {name: 'Vai al percorso'}).click();
	await page.getByRole('heading', {name: 'Ripassa i contenuti prima di ritentare'}).waitFor();
	await study('Ripassa il modulo 1');
	const ready = page.getByRole('heading', {name: 'Ora la prova finale'});
	for (let tries = 0; tries < 10 && !await ready.isVisible(); tries++) { // the last seconds are sent as the player closes
		await page.reload();
		await page.getByRole('heading', {name: 'I moduli', exact: true}).waitFor();
	}
	await ready.waitFor();
});

test('a second window, a lost network and a closed page lose nothing', async () => {
	await page.getByRole('link', {name: 'Vai alla prova finale'}).click();
	await page.getByRole('button', {name: 'Inizia la prova'}).click();
	await page.getByRole('heading', {name: 'Domanda 1 di 12'}).waitFor();
	const other = await context.newPage();
	await other.goto(`${server.app}/prova-finale/domanda/1`);
	await other.locator('fieldset.question input').nth(0).check();
	await other.getByText(/Risposta salvata/).waitFor();
	/* Not check(): the newer answer may be shown before it looks. */
	await page.locator('fieldset.question input').nth(1).click();
	await page.getByText('Questa risposta è stata cambiata in un’altra finestra').waitFor();
	assert.equal(await page.locator('fieldset.question input').nth(0).isChecked(), true, 'the newer answer is shown');
	await other.close();
	await page.waitForTimeout(500); // the following questions are fetched ahead
	await context.setOffline(true);
	/* Another answer than the one shown: to choose that again would change nothing, and nothing would be sent. */
	await page.locator('fieldset.question input:not(:checked)').first().focus();
	await page.keyboard.press('Space');
	await page.getByText('Il servizio non risponde').waitFor();
	await context.setOffline(false);
	await page.getByText(/Risposta salvata/).waitFor();
	trouble.length = 0;
	await page.goto(`${server.app}/prova-finale`);
	await page.getByText('Hai già risposto a 1 domande su 12').waitFor();
	await page.getByRole('button', {name: 'Riprendi la prova'}).click();
	await page.getByRole('heading', {name: 'Domanda 2 di 12'}).waitFor();
	await page.goto(`${server.app}/prova-finale/domanda/1`);
	await sit(page, 9);
	await handIn(page);
	await page.getByRole('heading', {name: 'Hai superato la prova finale'}).waitFor();
	await page.getByText('9 risposte esatte su 12').waitFor();
	assert.equal(await page.getByText('Le risposte esatte saranno visibili a corso concluso.').count(), 1);
	await look(page, 'final-passed');
});

test('the questionnaire is handed in without a name', async () => {
	await page.getByRole('link', {name: 'Compila il questionario di qualità'}).click();
	await page.getByRole('button', {name: 'Consegna il questionario'}).click();
	await page.getByText('Manca la risposta a questa domanda.').first().waitFor();
	await look(page, 'final-quality-missing');
	await fillQuestionnaire(page);
	await look(page, 'final-quality-done');
	await page.getByRole('link', {name: 'Vai al percorso'}).click();
	await page.getByRole('heading', {name: 'Manca solo la dichiarazione'}).waitFor();
	await look(page, 'final-home-declaration');
	await page.getByRole('link', {name: 'Compila la dichiarazione'}).first().click();
	await look(page, 'final-declaration');
	await declare(page);
	await page.getByRole('heading', {name: 'Hai completato il percorso'}).waitFor();
	await look(page, 'final-home-done');
});

test('the provider sees the test, its questions and the sums', async () => {
	const {context: desk} = await openContext(browser, server);
	page = await desk.newPage();
	await logIn(page, server, accounts.provider.login, accounts.provider.password);
	await page.goto(`${server.app}/eventi/${event.id}/prova`);
	await page.getByRole('heading', {name: 'Le domande'}).waitFor();
	await look(page, 'final-provider-final');
	await page.getByLabel('Tentativi', {exact: true}).fill('6');
	await page.getByRole('button', {name: 'Salva le regole'}).click();
	await page.getByText('Con le stesse domande i tentativi sono al massimo 5.').waitFor();
	await page.goto(`${server.app}/eventi/${event.id}/qualita`);
	await page.getByRole('heading', {name: 'Scheda nazionale'}).waitFor();
	await look(page, 'final-provider-quality');
});

test('nothing was wrong in the console', () => assert.deepEqual(trouble.filter(line => !/422|409/.test(line)), []));
