// Whether somebody is there.
export const presence = {
	online: 'online',
	offline: 'offline',
	keeper: 'ein Keeper ist da',
	unknown: 'Status unbekannt',
};
