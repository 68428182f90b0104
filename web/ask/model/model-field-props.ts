import type { RefObject } from 'react';
import type { ModelInfo } from '../../../shared/contract/server-config.ts';
import type { ModelsAtHand } from './model-memory.ts';

export interface ModelFieldProps {
  readonly provider: string;
  readonly models: readonly ModelInfo[];
  readonly model: string;
  readonly onModel: (model: string) => void;
  readonly disabled: boolean;
  readonly problem: string | undefined;
}

/** Whether the list is open: known before the chunk that draws it has come. */
export interface ModelPickerProps extends ModelFieldProps {
  readonly opened: boolean;
  readonly onOpened: (opened: boolean) => void;
}

export interface ModelSearchProps extends Omit<ModelPickerProps, 'provider'> {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly atHand: ModelsAtHand;
  /** Set when an id is to be typed that is in no list. */
  readonly onOther: () => void;
}
