// What a contact did, in the log of `tail`. A line each; `name` is the contact's.
export const acts = {
	edited: (name: string, text: string) => `${name} さんがメッセージを編集しました: ${text}`,
	deleted: (name: string) => `${name} さんがメッセージを削除しました`,
	reacted: (name: string, emoji: string) => `${name} さんが ${emoji} でリアクションしました`,
	reactionGone: (name: string) => `${name} さんがリアクションを取り消しました`,
	timer: (name: string, seconds: number) => `${name} さんがメッセージを既読の ${seconds} 秒後に消えるようにしました`,
	timerOff: (name: string) => `${name} さんがメッセージを消えないようにしました`,
	pinned: (name: string) => `${name} さんがメッセージをピン留めしました`,
	unpinned: (name: string) => `${name} さんがピン留めを外しました`,
	/** What became of a file that was offered. */
	files: {
		accepted: (name: string) => `${name} さんがファイルを受け取ります`,
		declined: (name: string) => `${name} さんはファイルを受け取りません`,
		received: (name: string) => `${name} さんがファイルを受け取りました`,
		stopped: (name: string) => `${name} さんがファイルを中止しました`,
	},
};
