import type { Case } from '../cases.ts';

export const merging: readonly Case[] = [
  {
    id: 'M1',
    starred: true,
    title: 'A push after the approval',
    shownBy: [
      'test/scenarios/merge.yml › An approval falls with the head it was given to',
      'test/scenarios/merge.yml › A branch behind its base is brought up to date, and what was approved stays approved',
    ],
  },
  {
    id: 'M2',
    starred: true,
    title: 'The head moves between the last look and the merge',
    shownBy: [
      'test/scenarios/races.yml › A push just before the merge keeps the unseen head from being merged',
      'test/scenarios/merge.yml › A push between the read and the merge is not overlooked',
      'test/merge-pool/wants.test.ts › a merge always sends the head it was decided for, and only while that is the head',
    ],
  },
  {
    id: 'M3',
    starred: true,
    title: 'Required checks that are missing, running, skipped, old or of somebody else',
    shownBy: [
      'test/scenarios/merge.yml › A required check that was skipped is not green',
      'test/scenarios/protection.yml › A required check counts only from the App it is pinned to',
      'test/merge-pool/green.test.ts › ${state}, pinned to its App, ${String(checks)}',
      'test/merge-pool/green.test.ts › beside the right one a forged success changes nothing',
    ],
  },
  {
    id: 'M4',
    title: 'Protection that changes or cannot be read',
    shownBy: [
      'test/scenarios/merge.yml › Protection that cannot be read merges nothing',
      'test/scenarios/protection.yml › A ruleset asks for more than the rules do',
      'test/github/max-age.test.ts › what a branch requires may be from memory, but never before a merge',
    ],
  },
  {
    id: 'M5',
    starred: true,
    title: 'The base moves after the tests; two that are good alone and bad together',
    shownBy: [
      'test/scenarios/merge-line.yml › Of several that are behind only the first is brought up to date, and each lands in turn',
      'test/scenarios/protection.yml › Where protection wants the base in the head the bot brings it there first, though the rules do not ask for it',
    ],
    open: 'The bot lands one pull request at a time, each brought up to date first; combined candidates come with the merge pool.',
  },
  {
    id: 'M6',
    title: 'A merge whose answer was lost, or that somebody else made',
    shownBy: [
      'test/scenarios/merge.yml › A merge whose answer was lost is not sent again',
      'test/scenarios/merge.yml › What a person merged stays as it is, branch and all',
    ],
  },
  {
    id: 'M7',
    title: 'A hold that is put on between the look and the merge',
    shownBy: [
      'test/scenarios/merge.yml › Labels that hold a merge, and labels it needs',
      'test/merge-pool/next-step.test.ts › never a want to land while anything holds the merge',
      'test/scenarios/merge.yml › Who asked for changes holds the merge until satisfied',
      'test/scenarios/safety-commands.yml › M7: a hold that comes between the look and the merge wins',
    ],
  },
  {
    id: 'M8',
    starred: true,
    title: 'A label that pretends to be an approval',
    shownBy: [
      'test/scenarios/merge.yml › A label lgtm put on by hand is no approval',
      'test/scenarios/label-owner.yml › A protected label that somebody else puts on comes off, and they are told once',
    ],
  },
  {
    id: 'M9',
    title: 'One commit in two pull requests or for two branches',
    shownBy: [
      'test/scenarios/merge-group.yml › Two pull requests from one head show the worst verdict on the check they share',
      'test/scenarios/checks.yml › A change of base gets a check that names the new base',
    ],
  },
  {
    id: 'M10',
    title: 'Lists that are too long to be whole',
    shownBy: [
      'test/facts/commits.test.ts › 250 at most, and then they are not complete',
      'test/facts/commits.test.ts › fewer than GitHub counts are not complete',
      'test/engine/hostile.test.ts › of a thousand labels the one that is needed is among those the list leaves out',
    ],
  },
  {
    id: 'M11',
    title: 'The base is changed after the approval',
    shownBy: [
      'test/scenarios/merge.yml › A change of base voids approvals',
      'test/scenarios/races.yml › Aimed at another branch while it is judged, a pull request has its check there',
    ],
  },
  {
    id: 'M12',
    starred: true,
    title: 'Deployments of a commit nobody acknowledged',
    shownBy: [],
    open: 'Nothing deploys yet: it comes with the runners.',
  },
  {
    id: 'M13',
    title: 'A deployment whose answer was lost',
    shownBy: [
      'test/engine/apply.test.ts › a change whose answer was lost is told as uncertain, and nothing after it is sent',
    ],
    open: 'Nothing starts deployments or workflows yet: it comes with the runners.',
  },
  {
    id: 'M14',
    title: 'News of a deployment that is over',
    shownBy: [],
    open: 'Nothing deploys yet: it comes with the runners.',
  },
  {
    id: 'M15',
    title: 'Texts of a pull request in the message of its merge',
    shownBy: [
      'test/merge-pool/message.test.ts › trailers of people’s text speak for nobody',
      'test/merge-pool/message.test.ts › no text of a pull request keeps CI from running',
      'test/merge-pool/message.test.ts › it stays on one line and within bounds',
    ],
  },
  {
    id: 'M16',
    title: 'Deleting a branch that is still needed',
    shownBy: [
      'test/scenarios/merge.yml › The branch stays where the rules say so, and where the pull request came from a fork',
      'test/scenarios/merge.yml › A branch that another pull request needs is left alone',
    ],
  },
  {
    id: 'M17',
    title: 'Work that pretends to be a trusted bot’s',
    shownBy: [],
    open: 'No rule trusts the pull requests of a bot, so nothing can pretend to be one that is trusted.',
  },
  {
    id: 'M18',
    title: 'The bot against a person, and against itself',
    shownBy: [
      'test/scenarios/safety.yml › M18: a person who opens an issue again has the last word, the bot does not insist',
      'test/modules/kept-label.test.ts › only what the module put on is taken off; what somebody took off stays off until the input changes',
      'test/scenarios/label-owner.yml › Whoever unassigns themselves is not fought, until the label is put on anew',
      'test/engine/consider.test.ts › the same question and facts give the same report, and asking again after acting plans nothing',
    ],
  },
  {
    id: 'M19',
    title: 'GitHub’s own merge queue',
    shownBy: [
      "test/scenarios/merge-queue.yml › Where GitHub's own queue is on the bot puts the pull request into it, and GitHub merges",
      "test/scenarios/merge-group.yml › GitHub's own merge queue gets the verdict of the pull request on its commit",
      'test/scenarios/merge-queue.yml › With native-queue off the bot merges nothing where a queue is on, and says why',
    ],
  },
];
