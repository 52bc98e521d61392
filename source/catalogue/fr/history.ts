// search, export, forget, check, backup and restore.
import {pluralIn} from '../plural.ts';

const plural = pluralIn('fr');
const messages = (count: number) => plural(count, {one: `${count} message`, other: `${count} messages`});

export const history = {
	noMessages: (name: string) => `il n’y a pas de messages avec ${name} : rien n’est supprimé`,
	askForget: (count: number, name: string) =>
		`Supprimer définitivement de ce disque ${messages(count)} avec ${name} ? Tapez oui : `,
	noTerminal: 'il n’y a pas de terminal où demander : ajoutez --yes pour supprimer',
	notForgotten: 'rien n’est supprimé',
	forgotten: (count: number, name: string) =>
		plural(count, {
			one: `${messages(count)} avec ${name} supprimé`,
			other: `${messages(count)} avec ${name} supprimés`,
		}),
	sound: 'l’historique est en bon état',
	damaged: 'l’historique est endommagé : mettez une copie à sa place',
	damagedPage: (page: number) => `la page ${page} est endommagée`,
	cannotWrite: (file: string, why: string) => `impossible d’écrire ${file} : ${why}`,
	fileThere: 'il existe déjà : choisissez un autre nom, ou ajoutez --force',
	copied: (folder: string) => `copié dans ${folder}`,
	restored: (folder: string) => `restauré dans ${folder}`,
};
