// The institutional header: slim bar with language and account, the programme's name, the pages of each role.

import { useEffect, useRef, useState } from 'preact/hooks';
import { html, classes } from '../html.js';
import { language, pick, setLanguage, t } from '../i18n.js';
import { navigate } from '../router.js';
import { logOut } from '../session.js';
import { Icon } from './icon.js';
import { entriesFor } from './navigation.js';

function LanguageSwitch() {
	const now = language.get();
	return html`<div class="language" role="group" aria-label=${t('header.language')}>
		${/** @type {const} */ (['it', 'en']).map((code) => html`<button key=${code} type="button" lang=${code}
			aria-pressed=${String(code === now)} onClick=${() => setLanguage(code)}>
			${code.toUpperCase()}<span class="visually-hidden"> – ${t(`header.${code}`)}</span>
		</button>`)}
	</div>`;
}

/** A button that opens a list under it; Escape and a click elsewhere close it. @param {{user: import('../session.js').User}} props */
function AccountMenu({ user }) {
	const [open, setOpen] = useState(false);
	const box = useRef(/** @type {HTMLElement | null} */ (null));
	useEffect(() => {
		if (!open) {
			return undefined;
		}
		const close = (/** @type {Event} */ event) => {
			const outside = event.target instanceof Node && !box.current?.contains(event.target);
			if (outside || (event instanceof KeyboardEvent && event.key === 'Escape')) {
				setOpen(false);
			}
		};
		document.addEventListener('click', close);
		document.addEventListener('keydown', close);
		return () => {
			document.removeEventListener('click', close);
			document.removeEventListener('keydown', close);
		};
	}, [open]);
	const leave = async () => {
		setOpen(false);
		await logOut();
		navigate('/accesso');
	};
	return html`<div class="account" ref=${box}>
		<button type="button" class="account-button" aria-expanded=${String(open)} aria-controls="account-menu" onClick=${() => setOpen(!open)}>
			<${Icon} name="user" size="sm" color="white" />
			<span class="visually-hidden">${t('header.account')}: </span>
			<span class="account-name">${user.given_name} ${user.family_name}</span>
			<${Icon} name="expand" size="xs" color="white" />
		</button>
		<ul id="account-menu" class="account-menu" hidden=${!open} onClick=${() => setOpen(false)}>
			<li class="account-menu-name">${user.given_name} ${user.family_name}</li>
			<li><a href="/profilo/password"><${Icon} name="key" size="sm" color="primary" /> ${t('header.password')}</a></li>
			<li><a href="/profilo/promemoria"><${Icon} name="mail" size="sm" color="primary" /> ${t('header.reminders')}</a></li>
			<li><a href="/profilo/dati"><${Icon} name="download" size="sm" color="primary" /> ${t('header.mydata')}</a></li>
			<li><button type="button" onClick=${leave}><${Icon} name="logout" size="sm" color="primary" /> ${t('header.logout')}</button></li>
		</ul>
	</div>`;
}

/** The pages of the person's roles; behind a button on small screens. @param {{user: import('../session.js').User, path: string}} props */
function Navigation({ user, path }) {
	const [open, setOpen] = useState(false);
	const groups = entriesFor(user);
	useEffect(() => setOpen(false), [path]);
	if (groups.reduce((sum, group) => sum + group.entries.length, 0) < 2) {
		return null;
	}
	const current = groups.flatMap((group) => group.entries).map((entry) => entry.href)
		.filter((href) => path === href || path.startsWith(`${href}/`)).sort((a, b) => b.length - a.length)[0];
	return html`<nav class="site-nav" aria-label=${t('header.navigation')}>
		<div class="container">
			<button type="button" class="site-nav-button" aria-expanded=${String(open)} aria-controls="site-nav-list" onClick=${() => setOpen(!open)}>
				<${Icon} name=${open ? 'close' : 'burger'} color="white" /> ${t('header.menu')}
			</button>
			<div id="site-nav-list" class=${classes('site-nav-list', open && 'open')}>
				${groups.map((group) => html`<ul key=${group.role} aria-label=${t(`role.${group.role}`)}>
					${group.entries.map((entry) => html`<li key=${entry.href}>
						<a href=${entry.href} aria-current=${entry.href === current ? 'page' : undefined}>${t(entry.text)}</a>
					</li>`)}
				</ul>`)}
			</div>
		</div>
	</nav>`;
}

/** @param {{session: import('../session.js').Session | null, path: string}} props */
export function Header({ session, path }) {
	const user = session?.user ?? null;
	const name = pick(session?.programme, 'title') || t('programme.title');
	return html`<header class="it-header-wrapper site-header">
		<div class="site-slim">
			<div class="container">
				<span class="site-owner">${t('owner.name')}</span>
				<div class="site-slim-right">
					<${LanguageSwitch} />
					${user ? html`<${AccountMenu} user=${user} />` : path !== '/accesso' && html`<a class="account-button" href="/accesso">
						<${Icon} name="user" size="sm" color="white" /> ${t('header.login')}
					</a>`}
				</div>
			</div>
		</div>
		<div class="site-brand">
			<div class="container">
				<a href="/">
					<svg class="site-logo" viewBox="0 0 32 32" aria-hidden="true"><path d="M4 25V10l12-6 12 6v15M10 25V14h12v11" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round" /></svg>
					<span><strong>${name}</strong><small>${t('programme.tagline')}</small></span>
				</a>
			</div>
		</div>
		${user && !user.must_change_password && html`<${Navigation} user=${user} path=${path} />`}
	</header>`;
}
