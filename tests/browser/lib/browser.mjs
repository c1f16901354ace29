// Headless Chromium, and what each of its pages must not do.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import {results} from './server.mjs';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

export function openBrowser() {
	return chromium.launch({
		executablePath: CHROMIUM.find(existsSync),
		args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
	});
}

/**
 * A new browser profile whose pages are watched. `trouble` collects errors in the console, uncaught
 * exceptions and requests to any other host.
 * @param {import('playwright-core').Browser} browser
 * @param {{port: number}} server
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openContext(browser, server, options = {}) {
	const context = await browser.newContext({viewport: {width: 1440, height: 900}, locale: 'it-IT', ...options});
	/** @type {string[]} */
	const trouble = [];
	const hosts = new Set([`localhost:${server.port}`, `127.0.0.1:${server.port}`]);
	context.on('request', request => {
		const url = new URL(request.url());
		if (/^https?:$/.test(url.protocol) && !hosts.has(url.host)) {
			trouble.push(`request to another host: ${request.url()}`);
		}
	});
	context.on('console', message => {
		if (message.type() === 'error') {
			trouble.push(`console: ${message.text()} (${message.location().url})`);
		}
	});
	context.on('weberror', error => trouble.push(`uncaught: ${error.error().stack ?? error.error()}`));
	context.setDefaultTimeout(60000);
	return {context, trouble};
}

/** @param {import('playwright-core').Page} page @param {{app: string}} server @param {string} login @param {string} password */
export async function logIn(page, server, login, password) {
	await page.goto(`${server.app}/accesso`);
	await page.getByLabel('Nome utente').fill(login);
	await page.getByLabel('Password', {exact: true}).fill(password);
	await page.getByRole('button', {name: 'Accedi', exact: true}).click();
	await page.waitForURL(url => url.pathname !== '/accesso');
}

/** Violations of WCAG 2.1 A and AA, as lines. @param {import('playwright-core').Page} page */
export async function accessibilityFaults(page) {
	await page.evaluate(`if (!window.axe) { const module = undefined, define = undefined; ${AXE} }`);
	const violations = await page.evaluate(async tags => {
		const {violations: found} = await window.axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
		return found.map(({id, help, nodes}) => ({id, help, nodes: nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary}`)}));
	}, WCAG);
	return violations.flatMap(({id, help, nodes}) => nodes.map(node => `${id} (${help}) at ${node}`));
}

/** @param {import("playwright-core").Page} page @param {string} name @param {object} [options] */
export async function shoot(page, name, options = {}) {
	await page.screenshot({path: join(results, `${name}.png`), ...options});
}

/**
 * As on a telephone and at a desk, where it stays: nothing wrong by WCAG, nothing wider than the window; and its pictures.
 * @param {import("playwright-core").Page} page @param {string} name of the pictures
 */
export async function look(page, name) {
	await page.waitForFunction(() => !document.querySelector('main .loading'));
	for (const [width, height] of [[360, 740], [1440, 900]]) {
		await page.setViewportSize({width, height});
		assert.deepEqual(await accessibilityFaults(page), [], `${name}, ${width} px`);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		assert.ok(wide <= 0, `${name} is ${wide} px wider than the window of ${width} px`);
		await shoot(page, `${name}-${width}`, {fullPage: true});
	}
}
