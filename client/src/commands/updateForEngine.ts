// Update for Engine Version…: what is safe is done as one step that can be undone; what a person must decide is listed, to be
// jumped to.
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { type UpdatePlan, updateRequest } from '../../../server/src/lsp/protocol.ts';
import { type OurFile, ourFile, pickVersion, writeVersion } from '../ui/engineVersion.ts';
import type { VersionOptions } from './chooseEngineVersion.ts';
import type { Services } from './table.ts';

type Left = UpdatePlan['left'][number];

/** Gives what was done and what is left, or undefined where the user went no further. With a version in `options` nothing is asked. */
export async function updateForEngine(
  { language }: Services,
  options?: VersionOptions,
): Promise<UpdatePlan | undefined> {
  const file = await ourFile(language, options?.uri);
  if (file === undefined) return undefined;
  const { document, judged } = file;
  const name = basename(document.uri.path);
  const ask = vscode.l10n.t('Update {0} for which {1}?', name, judged.engine);
  const version = options?.version ?? (await pickVersion(judged, ask, false));
  if (version === undefined) return undefined;
  const uri = document.uri.toString();
  const plan = await language.ask<UpdatePlan>(updateRequest, { uri, version });
  if (plan === undefined) return undefined;
  const title = vscode.l10n.t('Update {0} for {1} {2}', name, judged.engine, version);
  const chosen = options?.version === undefined ? await showPlan(plan, title) : 'apply';
  if (chosen === undefined) return undefined;
  const edit = await language.toEdit(plan.edit);
  if (
    edit !== undefined &&
    !(document.version === plan.textVersion && (await vscode.workspace.applyEdit(edit)))
  ) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} was changed meanwhile, so nothing was applied. Try again.', name),
    );
    return undefined;
  }
  if (options?.version === undefined) void follow(file, plan, version, chosen, title);
  return plan;
}

type Choice = 'apply' | Left;

interface Row extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

/** What will be applied and what is left; where there is neither, that is all. */
async function showPlan(plan: UpdatePlan, title: string): Promise<Choice | undefined> {
  const { applied, left } = plan;
  if (applied.length === 0 && left.length === 0) return 'apply';
  const apply: Row[] = [
    { label: `$(check) ${vscode.l10n.t('Apply the safe fixes: {0}', applied.length)}`, choice: 'apply' },
    separator(vscode.l10n.t('will be applied')),
    ...applied.map(({ message, code }): Row => ({ label: message, detail: code, choice: 'apply' })),
  ];
  const rows = [...(applied.length === 0 ? [] : apply), ...leftRows(left)];
  return (await vscode.window.showQuickPick(rows, { title, matchOnDetail: true }))?.choice;
}

function leftRows(left: readonly Left[]): Row[] {
  if (left.length === 0) return [];
  return [
    separator(vscode.l10n.t('left for you to decide')),
    ...left.map((item): Row => {
      const place = vscode.l10n.t('line {0}', item.range.start.line + 1);
      const suggestions = item.suggestions.map((suggestion) => `→ ${suggestion}`);
      return {
        label: item.message,
        detail: [`${place} · ${item.code}`, ...suggestions].join('  '),
        choice: item,
      };
    }),
  ];
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** Jumps to what is left, and offers to judge the file for the version from now on. */
async function follow(
  file: OurFile,
  { left }: UpdatePlan,
  version: string,
  chosen: Choice,
  title: string,
): Promise<void> {
  const { document, judged } = file;
  const to =
    chosen !== 'apply' || left.length === 0
      ? chosen
      : (await vscode.window.showQuickPick(leftRows(left), { title, matchOnDetail: true }))?.choice;
  if (to !== undefined && to !== 'apply') {
    const { start, end } = to.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    await vscode.window.showTextDocument(document, { selection });
  }
  if (judged.version === version && judged.origin === 'setting') return;
  const set = vscode.l10n.t('Set {0}', judged.setting);
  const done =
    left.length === 0
      ? vscode.l10n.t('This file is ready for {0} {1}.', judged.engine, version)
      : vscode.l10n.t('Left for you to decide before {0} {1}: {2}.', judged.engine, version, left.length);
  const answer = await vscode.window.showInformationMessage(done, set);
  if (answer === set) await writeVersion(file, version);
}
