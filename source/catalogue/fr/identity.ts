// verify and trust: whether a contact's key is the contact's.
export const identity = {
	warning: (NAME: string, name: string) => [
		`LA CLÉ DE ${NAME} A CHANGÉ.`,
		`Soit ${name} a un nouvel appareil ou a recommencé, soit quelqu’un d’autre répond sous ce nom.`,
		`Voici le numéro de sécurité de la nouvelle clé. Comparez-le avec ${name} en personne ou par téléphone, pas dans cette conversation.`,
	],
	askSame: (name: string) => `Le numéro est-il le même chez ${name} ? Tapez oui : `,
	verified: (name: string) => `contact vérifié : ${name}`,
	notVerified: (name: string) =>
		`${name} n’est pas vérifié. Si les numéros diffèrent, quelqu’un intercepte peut-être : ne vous fiez pas à cette clé.`,
	unchanged: (name: string) => `la clé de ${name} n’a pas changé : il n’y a rien à décider`,
	askTrust: (name: string) => `Accepter la nouvelle clé de ${name} sans comparer ? Tapez oui : `,
	trusted: (name: string) => `la nouvelle clé de ${name} est acceptée, et non vérifiée`,
	notTrusted: (name: string) =>
		`la nouvelle clé de ${name} n’a pas été acceptée : d’ici là rien ne peut être envoyé à ${name}`,
	unknown: (name: string) => `la clé de ${name} n’est pas encore connue : échangez d’abord un message`,
	noTerminal: 'il n’y a pas de terminal où demander : une fois le numéro comparé, ajoutez --yes',
};
