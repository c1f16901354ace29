// The final test and the quality questionnaire, taken by keyboard as an operator does.
import {readFileSync} from 'node:fs';

const bank = JSON.parse(readFileSync(new URL('../../../assessment/sample/fse-final.json', import.meta.url), 'utf8'));
const rightText = Object.fromEntries(bank.items.map(item => [item.stem, item.options.find(each => each.id === item.key[0]).text]));

/** Answers the question shown. @param {import('playwright-core').Page} page @param {boolean} rightly */
async function answer(page, rightly) {
	const stem = await page.locator('fieldset.question legend').textContent();
	const texts = await page.locator('fieldset.question label').allTextContents();
	const wanted = texts.findIndex(text => (text === rightText[stem]) === rightly);
	await page.locator('fieldset.question input').nth(wanted).focus();
	await page.keyboard.press('Space');
	await page.waitForFunction(i => document.querySelectorAll('fieldset.question input')[i].checked, wanted);
}

/** Twelve questions, the first `right` of them answered rightly. @param {import('playwright-core').Page} page @param {number} right */
export async function sit(page, right) {
	for (let n = 1; n <= 12; n++) {
		await page.getByRole('heading', {name: `Domanda ${n} di 12`}).waitFor();
		await answer(page, n <= right);
		await page.getByRole('button', {name: n < 12 ? 'Successiva' : 'Vai al riepilogo'}).click();
	}
	await page.getByText('Hai risposto a tutte le domande.').first().waitFor();
}

/** @param {import('playwright-core').Page} page */
export async function handIn(page) {
	await page.getByRole('button', {name: 'Consegna la prova'}).click();
	await page.getByRole('dialog').getByRole('button', {name: 'Consegna la prova'}).click();
	await page.waitForURL(/prova-finale\/esito/);
}

/** @param {import('playwright-core').Page} page */
export async function fillQuestionnaire(page) {
	for (const question of [1, 2, 3, 4, 5]) {
		await page.locator(`#standard-${question}-${question === 5 ? 4 : 3}`).check();
	}
	await page.getByLabel(/indichi qualche esempio/).fill('Un esempio');
	await page.getByRole('button', {name: 'Consegna il questionario'}).click();
	await page.getByRole('heading', {name: 'Hai consegnato il questionario'}).waitFor();
}

/** No sponsor. @param {import('playwright-core').Page} page */
export async function declare(page) {
	await page.getByLabel('No, nessuno sponsor').check();
	await page.getByText('Ho letto e confermo', {exact: true}).click();
	await page.getByRole('button', {name: 'Dichiara'}).click();
}
