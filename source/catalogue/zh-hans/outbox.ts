// Messages that are not delivered yet.
export const outbox = {
	title: (count: number) => `未送达：${count}`,
	oneTitle: '未送达',
	hint: '↑ ↓ 选择 · Enter 显示操作 · Esc 关闭',
	allDelivered: '全部已送达。',
	failed: (since: string, why: string) => `${since}，${why}`,
	reasons: {
		'identity-changed': '密钥已变更',
		blocked: '已屏蔽',
		cancelled: '已撤回',
		refused: '被拒收',
	},
};
