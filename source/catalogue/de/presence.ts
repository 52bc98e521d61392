// Whether somebody is there.
export const presence = {
	online: 'online',
	offline: 'offline',
	unknown: 'Status unbekannt',
};
