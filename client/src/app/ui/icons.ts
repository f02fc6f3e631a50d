import { provideEnvironmentInitializer, inject } from '@angular/core';
import { MatIconRegistry } from '@angular/material/icon';
import { DomSanitizer } from '@angular/platform-browser';
import accountTree from '@material-symbols/svg-400/outlined/account_tree.svg';
import accountTreeFill from '@material-symbols/svg-400/outlined/account_tree-fill.svg';
import add from '@material-symbols/svg-400/outlined/add.svg';
import arrowBack from '@material-symbols/svg-400/outlined/arrow_back.svg';
import arrowDownward from '@material-symbols/svg-400/outlined/arrow_downward.svg';
import arrowUpward from '@material-symbols/svg-400/outlined/arrow_upward.svg';
import autorenew from '@material-symbols/svg-400/outlined/autorenew.svg';
import bolt from '@material-symbols/svg-400/outlined/bolt.svg';
import cancel from '@material-symbols/svg-400/outlined/cancel.svg';
import cancelFill from '@material-symbols/svg-400/outlined/cancel-fill.svg';
import cached from '@material-symbols/svg-400/outlined/cached.svg';
import check from '@material-symbols/svg-400/outlined/check.svg';
import checkCircle from '@material-symbols/svg-400/outlined/check_circle.svg';
import checkCircleFill from '@material-symbols/svg-400/outlined/check_circle-fill.svg';
import chevronLeft from '@material-symbols/svg-400/outlined/chevron_left.svg';
import chevronRight from '@material-symbols/svg-400/outlined/chevron_right.svg';
import close from '@material-symbols/svg-400/outlined/close.svg';
import cloudDone from '@material-symbols/svg-400/outlined/cloud_done.svg';
import cloudOff from '@material-symbols/svg-400/outlined/cloud_off.svg';
import computer from '@material-symbols/svg-400/outlined/computer.svg';
import contentCopy from '@material-symbols/svg-400/outlined/content_copy.svg';
import contrast from '@material-symbols/svg-400/outlined/contrast.svg';
import darkMode from '@material-symbols/svg-400/outlined/dark_mode.svg';
import dashboard from '@material-symbols/svg-400/outlined/dashboard.svg';
import dashboardFill from '@material-symbols/svg-400/outlined/dashboard-fill.svg';
import database from '@material-symbols/svg-400/outlined/database.svg';
import databaseFill from '@material-symbols/svg-400/outlined/database-fill.svg';
import deleteIcon from '@material-symbols/svg-400/outlined/delete.svg';
import deleteForever from '@material-symbols/svg-400/outlined/delete_forever.svg';
import deployedCode from '@material-symbols/svg-400/outlined/deployed_code.svg';
import deployedCodeFill from '@material-symbols/svg-400/outlined/deployed_code-fill.svg';
import description from '@material-symbols/svg-400/outlined/description.svg';
import doNotDisturbOn from '@material-symbols/svg-400/outlined/do_not_disturb_on.svg';
import download from '@material-symbols/svg-400/outlined/download.svg';
import edit from '@material-symbols/svg-400/outlined/edit.svg';
import error from '@material-symbols/svg-400/outlined/error.svg';
import errorFill from '@material-symbols/svg-400/outlined/error-fill.svg';
import filterList from '@material-symbols/svg-400/outlined/filter_list.svg';
import firstPage from '@material-symbols/svg-400/outlined/first_page.svg';
import hardDrive from '@material-symbols/svg-400/outlined/hard_drive.svg';
import help from '@material-symbols/svg-400/outlined/help.svg';
import history from '@material-symbols/svg-400/outlined/history.svg';
import hourglassBottomFill from '@material-symbols/svg-400/outlined/hourglass_bottom-fill.svg';
import hourglassTopFill from '@material-symbols/svg-400/outlined/hourglass_top-fill.svg';
import info from '@material-symbols/svg-400/outlined/info.svg';
import keyboard from '@material-symbols/svg-400/outlined/keyboard.svg';
import keyboardArrowDown from '@material-symbols/svg-400/outlined/keyboard_arrow_down.svg';
import label from '@material-symbols/svg-400/outlined/label.svg';
import lastPage from '@material-symbols/svg-400/outlined/last_page.svg';
import lightMode from '@material-symbols/svg-400/outlined/light_mode.svg';
import link from '@material-symbols/svg-400/outlined/link.svg';
import lock from '@material-symbols/svg-400/outlined/lock.svg';
import menu from '@material-symbols/svg-400/outlined/menu.svg';
import monitorHeart from '@material-symbols/svg-400/outlined/monitor_heart.svg';
import moreVert from '@material-symbols/svg-400/outlined/more_vert.svg';
import openInNew from '@material-symbols/svg-400/outlined/open_in_new.svg';
import pauseCircle from '@material-symbols/svg-400/outlined/pause_circle.svg';
import pending from '@material-symbols/svg-400/outlined/pending.svg';
import playCircle from '@material-symbols/svg-400/outlined/play_circle.svg';
import publicIcon from '@material-symbols/svg-400/outlined/public.svg';
import radioButtonUnchecked from '@material-symbols/svg-400/outlined/radio_button_unchecked.svg';
import refresh from '@material-symbols/svg-400/outlined/refresh.svg';
import remove from '@material-symbols/svg-400/outlined/remove.svg';
import removeModerator from '@material-symbols/svg-400/outlined/remove_moderator.svg';
import replay from '@material-symbols/svg-400/outlined/replay.svg';
import restartAlt from '@material-symbols/svg-400/outlined/restart_alt.svg';
import restoreFromTrash from '@material-symbols/svg-400/outlined/restore_from_trash.svg';
import schedule from '@material-symbols/svg-400/outlined/schedule.svg';
import search from '@material-symbols/svg-400/outlined/search.svg';
import shield from '@material-symbols/svg-400/outlined/shield.svg';
import stopCircle from '@material-symbols/svg-400/outlined/stop_circle.svg';
import swapVert from '@material-symbols/svg-400/outlined/swap_vert.svg';
import sync from '@material-symbols/svg-400/outlined/sync.svg';
import terminal from '@material-symbols/svg-400/outlined/terminal.svg';
import translate from '@material-symbols/svg-400/outlined/translate.svg';
import tune from '@material-symbols/svg-400/outlined/tune.svg';
import undo from '@material-symbols/svg-400/outlined/undo.svg';
import visibility from '@material-symbols/svg-400/outlined/visibility.svg';
import visibilityOff from '@material-symbols/svg-400/outlined/visibility_off.svg';
import warningFill from '@material-symbols/svg-400/outlined/warning-fill.svg';
import wrapText from '@material-symbols/svg-400/outlined/wrap_text.svg';

/** Every icon of the console: Material Symbols, outlined, weight 400. `-fill` is the filled form of the same sign. */
const ICONS = {
  account_tree: accountTree,
  'account_tree-fill': accountTreeFill,
  add,
  arrow_back: arrowBack,
  arrow_downward: arrowDownward,
  arrow_upward: arrowUpward,
  autorenew,
  bolt,
  cancel,
  'cancel-fill': cancelFill,
  cached,
  check,
  check_circle: checkCircle,
  'check_circle-fill': checkCircleFill,
  chevron_left: chevronLeft,
  chevron_right: chevronRight,
  close,
  cloud_done: cloudDone,
  cloud_off: cloudOff,
  computer,
  content_copy: contentCopy,
  contrast,
  dark_mode: darkMode,
  dashboard,
  'dashboard-fill': dashboardFill,
  database,
  'database-fill': databaseFill,
  delete: deleteIcon,
  delete_forever: deleteForever,
  deployed_code: deployedCode,
  'deployed_code-fill': deployedCodeFill,
  description,
  do_not_disturb_on: doNotDisturbOn,
  download,
  edit,
  error,
  'error-fill': errorFill,
  filter_list: filterList,
  first_page: firstPage,
  hard_drive: hardDrive,
  help,
  history,
  'hourglass_bottom-fill': hourglassBottomFill,
  'hourglass_top-fill': hourglassTopFill,
  info,
  keyboard,
  keyboard_arrow_down: keyboardArrowDown,
  label,
  last_page: lastPage,
  light_mode: lightMode,
  link,
  lock,
  menu,
  monitor_heart: monitorHeart,
  more_vert: moreVert,
  open_in_new: openInNew,
  pause_circle: pauseCircle,
  pending,
  play_circle: playCircle,
  public: publicIcon,
  radio_button_unchecked: radioButtonUnchecked,
  refresh,
  remove,
  remove_moderator: removeModerator,
  replay,
  restart_alt: restartAlt,
  restore_from_trash: restoreFromTrash,
  schedule,
  search,
  shield,
  stop_circle: stopCircle,
  swap_vert: swapVert,
  sync,
  terminal,
  translate,
  tune,
  undo,
  visibility,
  visibility_off: visibilityOff,
  'warning-fill': warningFill,
  wrap_text: wrapText,
};

export type IconName = keyof typeof ICONS;

/** Makes the icons known to `mat-icon`, so that `svgIcon="search"` shows one without a request. */
export function provideIcons() {
  return provideEnvironmentInitializer(() => {
    const registry = inject(MatIconRegistry);
    const sanitizer = inject(DomSanitizer);
    for (const [name, svg] of Object.entries(ICONS)) {
      registry.addSvgIconLiteral(name, sanitizer.bypassSecurityTrustHtml(svg));
    }
  });
}
