import { generatePassword } from './password-generator';
import { passwordStrength } from './password-strength';

describe('the strength of a password', () => {
  it('is nothing for nothing', () => {
    expect(passwordStrength('', '')).toBe(0);
  });

  it.each([
    ['Password1234', 1],
    ['Aaaaaaaaaaa1', 1],
    ['SecurePass123!', 1],
    ['kT9w', 1],
    ['kT9wQz2m', 2],
    ['kT9wQz2mRb7x', 3],
    ['kT9wQz2mRb7xLp', 4],
    ['correct horse battery staple', 4],
  ])('of %s is %i', (password, bars) => {
    expect(passwordStrength(password, '')).toBe(bars);
  });

  it('does not count the name of the instance', () => {
    expect(passwordStrength('Orders-prod-Orders-prod-1', 'orders-prod')).toBe(1);
  });

  it('is full for what the generator makes', () => {
    expect(passwordStrength(generatePassword(''), '')).toBe(4);
  });
});
