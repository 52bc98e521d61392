// Finding: a conversation by its name, what was said, what was sent from this input before, what a message said before it was edited.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');

export const search = {
	goTo: 'Aller à',
	goToHint: 'lettres : chercher · ↑ ↓ · Enter ouvre · Esc ferme',
	nobodyCalledThat: 'Personne dans votre liste ne s’appelle ainsi : /add NOM ajoute quelqu’un.',
	unread: (count: number) => plural(count, {one: `${count} non lu`, other: `${count} non lus`}),
	everywhere: 'Chercher partout',
	here: (name: string) => `Chercher chez ${name}`,
	everywhereHint: '↑ ↓ · Enter ouvre · Tab : ici · Esc ferme',
	hereHint: '↑ ↓ · Enter ouvre · Tab : partout · Esc ferme',
	nothingFound: 'Rien n’a été trouvé.',
	to: (name: string) => `à ${name}`,
	sentBefore: 'Déjà envoyé',
	sentBeforeHint: 'lettres : chercher · ↑ ↓ · Enter l’écrit · Esc ferme',
	nothingSent: 'Rien n’a encore été envoyé d’ici.',
	nothingSentLikeThat: 'Rien de tel n’a été envoyé d’ici.',
	edits: 'Versions précédentes',
	editsHint: 'Esc ferme',
};
