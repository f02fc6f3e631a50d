import { inject, Injectable } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { shellText } from './shell.text';

/** "Instances · Toygres". Routes whose title is the name of something carry it in their parameters. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  readonly #title = inject(Title);

  override updateTitle(state: RouterStateSnapshot): void {
    const page = this.buildTitle(state);
    this.#title.setTitle(page ? `${page} · ${shellText.product}` : shellText.product);
  }
}
