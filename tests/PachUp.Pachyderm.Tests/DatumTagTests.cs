namespace PachUp.Pachyderm.Tests;

public class DatumTagTests
{
    private static readonly string Digits = "0f3a" + new string('7', 64);

    [Fact]
    public void The_tag_of_a_datum_is_recognized_by_its_name()
    {
        Assert.True(DatumTag.IsDatumTag(Digits));
        Assert.True(DatumTag.IsDatumTag(Digits + "_stats"));
    }

    [Fact]
    public void Other_tags_are_not_tags_of_datums() => Assert.All(
        ["", "_stats", "a-tag-of-a-user", Digits[1..], Digits + "0", Digits[1..] + "_stats", Digits.ToUpperInvariant(), Digits[1..] + "g", Digits + "_other"],
        name => Assert.False(DatumTag.IsDatumTag(name)));
}
