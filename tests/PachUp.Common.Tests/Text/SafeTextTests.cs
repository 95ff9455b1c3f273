using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using PachUp.Common.Text;

namespace PachUp.Common.Tests.Text;

public partial class SafeTextTests
{
    private static readonly UnicodeCategory[] NotShown =
    [
        UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator, UnicodeCategory.PrivateUse,
        UnicodeCategory.OtherNotAssigned,
    ];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every character of Unicode that is not shown, and those of Default_Ignorable_Code_Point that have another category.</summary>
    public static IReadOnlyList<Rune> Hostile { get; } =
    [
        .. Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value)).Where(rune => NotShown.Contains(Rune.GetUnicodeCategory(rune))),
        .. new[] { 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x3164, 0xFE0F, 0xFFA0, 0xE0100 }.Select(value => new Rune(value)),
    ];

    [Theory]
    [InlineData("images", "images")]
    [InlineData("größe 大小 🎉", "größe 大小 🎉")]
    [InlineData(@"C:\users\new", @"C:\users\new")]
    [InlineData("a\u001b[31mb", @"a\u{001B}[31mb")]
    [InlineData("a\nb\tc", @"a\u{000A}b\u{0009}c")]
    [InlineData("\u202Egnp.exe", @"\u{202E}gnp.exe")]
    [InlineData("\U000E0041", @"\u{E0041}")]
    [InlineData(@"\u{202E}", @"\\u{202E}")]
    [InlineData("\\\u202E", @"\\\u{202E}")]
    public void Characters_that_are_not_visible_are_written_as_escapes(string text, string safe) => Assert.Equal(safe, SafeText.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("a\uFFFD\uFFFDb", SafeText.Of("a\uDC00\uD800b"));

    [Fact]
    public void No_hostile_character_is_left()
    {
        foreach (var rune in Hostile)
        {
            Assert.Equal($"a\\u{{{rune.Value:X4}}}b", SafeText.Of($"a{rune}b"));
            Assert.Equal($"a\\u{{{rune.Value:X4}}}b", SafeText.OfDocument($"a{rune}b"));
        }
    }

    [Fact]
    public void Two_texts_never_look_the_same()
    {
        var random = new Random(7);
        string[] pieces = ["\\", "u", "{", "202E", "}", "\u202E", "\n", "a", "\u001B"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));

            Assert.Equal(text, Read(SafeText.Of(text)));
        }
    }

    [Fact]
    public void A_trace_keeps_its_lines_and_indents_them() =>
        Assert.Equal($"    one{Environment.NewLine}    two\\u{{000D}}{Environment.NewLine}    three", SafeText.OfTrace("one\r\ntwo\r\r\nthree"));

    [Fact]
    public void A_document_that_is_safe_stays_as_it_is()
    {
        var document = SafeText.Of("a\u202E\\u{202E}");

        Assert.Equal(document, SafeText.OfDocument(document));
    }

    [Fact]
    public void Json_has_the_same_values_and_no_hostile_characters()
    {
        var text = string.Concat(Hostile.Select(rune => rune.ToString()));
        var json = JsonSerializer.Serialize(new[] { text }, Json);

        var safe = SafeText.OfJson(json);

        Assert.Equal(text, JsonSerializer.Deserialize<string[]>(safe)!.Single());
        Assert.All(SafeText.LinesOf(safe), line => Assert.True(SafeText.IsSafe(line)));
    }

    /// <summary>The text that a safe text was made from.</summary>
    private static string Read(string safe) => Escaped().Replace(safe, found =>
    {
        var slashes = found.Groups["slashes"].Length;
        var isEscape = slashes % 2 == 1 && found.Groups["code"].Success;
        return new string('\\', slashes / 2) + (isEscape
            ? new Rune(int.Parse(found.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
            : found.Value[slashes..]);
    });

    [GeneratedRegex(@"(?<slashes>\\+)u\{((?<code>[0-9A-F]{4,6})\})?")]
    private static partial Regex Escaped();
}
