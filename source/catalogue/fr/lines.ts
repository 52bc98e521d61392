// Messages and contacts as lines of `tail`, `search`, `export --text` and `contacts`.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const lines = {
	me: 'moi',
	meTo: (name: string) => `moi → ${name}`,
	presence: {online: 'en ligne', keeper: 'gardien', offline: 'hors ligne', unknown: 'inconnu'},
	keys: {unknown: 'clé inconnue', pinned: 'clé retenue', verified: 'clé vérifiée', changed: 'clé changée'},
	called: (nickname: string) => `surnom ${nickname}`,
	request: 'veut parler',
	away: (why: string) => `absent : ${why}`,
	blocked: 'bloqué',
	unread: (messages: number) => plural(messages, {one: `${messages} non lu`, other: `${messages} non lus`}),
	undelivered: (messages: number) => `${messages} non remis`,
	changeLost: 'personne ne lit la sortie : une modification de message n’est pas affichée',
	comesAgain: (problem: string) => `${problem} ; ce qui arrive entre-temps reviendra`,
};
