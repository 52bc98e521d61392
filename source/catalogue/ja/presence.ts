// Whether somebody is there.
export const presence = {
	online: 'オンライン',
	offline: 'オフライン',
	keeper: 'キーパーがオンライン',
	unknown: '状態不明',
};
