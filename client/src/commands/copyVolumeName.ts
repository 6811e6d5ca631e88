// Puts a volume's name on the clipboard.
import * as vscode from 'vscode';
import type { TreeNode } from '../tree/volumesTree.ts';

export async function copyVolumeName(node: TreeNode | undefined): Promise<void> {
  if (node?.kind === 'volume') await vscode.env.clipboard.writeText(node.volume.name);
}
