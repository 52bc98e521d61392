// Whether somebody is there.
export const presence = {
	online: 'オンライン',
	offline: 'オフライン',
	unknown: '状態不明',
};
