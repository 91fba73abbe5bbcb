/** The parts that screens are made of. */

export { Button, IconButton, Link } from './button.tsx';
export { Badge, Card, ListRow, Monogram, Section } from './card.tsx';
export { Checkbox, RadioGroup, Select } from './choice.tsx';
export { CodeGrid, CodeText, groupsOf } from './code-text.tsx';
export { CopyRow } from './copy-row.tsx';
export { CountdownRing } from './countdown.tsx';
export { Dialog } from './dialog.tsx';
export { PasswordField, TextArea, TextField } from './field.tsx';
export { Icon } from './icon.tsx';
export type { IconName } from './icons.ts';
export { Mark } from './mark.tsx';
export { Menu, type MenuItem } from './menu.tsx';
export { Meter } from './meter.tsx';
export { AlertRegion, Notice, problem, say } from './notice.tsx';
export { Progress } from './progress.tsx';
export { Header, Screen } from './screen.tsx';
export { VirtualList } from './virtual-list.tsx';
