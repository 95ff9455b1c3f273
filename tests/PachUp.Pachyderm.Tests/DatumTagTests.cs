namespace PachUp.Pachyderm.Tests;

public class DatumTagTests
{
    private static readonly string Digits = "0f3a" + new string('7', 64);

    [Fact]
    public void The_tag_of_a_datum_is_told_by_its_name()
    {
        Assert.True(DatumTag.IsNameOfOne(Digits));
        Assert.True(DatumTag.IsNameOfOne(Digits + "_stats"));
    }

    [Fact]
    public void Other_tags_are_not_taken_for_one() => Assert.All(
        ["", "_stats", "a-tag-of-a-user", Digits[1..], Digits + "0", Digits[1..] + "_stats", Digits.ToUpperInvariant(), Digits[1..] + "g", Digits + "_other"],
        name => Assert.False(DatumTag.IsNameOfOne(name)));
}
