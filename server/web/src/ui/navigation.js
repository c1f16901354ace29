// Which pages stand in the main navigation, by role.

/** @type {Record<string, {href: string, text: string}[]>} */
export const navigation = {
	operator: [
		{ href: '/percorso', text: 'nav.path' },
		{ href: '/aula', text: 'nav.classes' },
		{ href: '/attestati', text: 'nav.certificates' },
	],
	designer: [
		{ href: '/corsi', text: 'nav.courses' },
		{ href: '/moduli', text: 'nav.matrix' },
		{ href: '/domande', text: 'nav.banks' },
		{ href: '/livelli', text: 'nav.policy' },
		{ href: '/collocazione', text: 'nav.adaptive' },
	],
	provider: [
		{ href: '/persone', text: 'nav.people' },
		{ href: '/eventi', text: 'nav.events' },
		{ href: '/esportazioni', text: 'nav.exports' },
		{ href: '/campagne', text: 'nav.campaigns' },
		{ href: '/provider', text: 'nav.provider' },
	],
	coordinator: [{ href: '/avanzamento', text: 'nav.progress' }],
	administrator: [
		{ href: '/utenti', text: 'nav.users' },
		{ href: '/impostazioni', text: 'nav.settings' },
		{ href: '/registro', text: 'nav.audit' },
		{ href: '/conservazione', text: 'nav.retention' },
	],
};

/** @param {{roles: string[]}} user */
export function entriesFor(user) {
	return Object.entries(navigation)
		.filter(([role]) => user.roles.includes(role))
		.map(([role, entries]) => ({ role, entries }));
}
