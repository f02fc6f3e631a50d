import { PASSWORD_RULES, unmet } from '#rules';
import { generatePassword } from './password-generator';

describe('the password generator', () => {
  it('makes passwords that meet every rule, in groups that can be read', () => {
    for (let count = 0; count < 200; count += 1) {
      const password = generatePassword('orders-prod');
      expect(password).toMatch(/^([a-zA-Z2-9]{4}-){3}[a-zA-Z2-9]{4}$/);
      expect(unmet(PASSWORD_RULES, { password, name: 'orders-prod' })).toEqual([]);
    }
  });

  it('takes no byte that would make some characters likelier than others', () => {
    // 57 characters: of 256 values, those from 228 on would give the first ones another chance. They are passed over.
    const bytes = [255, 228, 1, 30, 50];
    let index = 0;
    const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      (array as unknown as Uint8Array)[0] = bytes[index++ % bytes.length] ?? 0;
      return array;
    });
    try {
      expect(generatePassword('')).toBe('bF3b-F3bF-3bF3-bF3b');
    } finally {
      random.mockRestore();
    }
  });
});
