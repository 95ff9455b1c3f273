namespace PachUp.Sdk.Tests;

public class CheckResultTests
{
    [Fact]
    public void A_result_that_passed_has_nothing_to_do_and_names_nothing()
    {
        var result = CheckResult.Passed("all is well");

        Assert.Equal((CheckOutcome.Passed, "all is well", ""), (result.Outcome, result.Found, result.Remedy));
        Assert.Empty(result.Items);
    }

    [Fact]
    public void A_warning_and_a_refusal_name_what_they_are_about()
    {
        Assert.Equal(["a", "b"], CheckResult.Warning("two things", "look", "a", "b").Items.AsEnumerable());
        Assert.Equal(["a"], CheckResult.Refused("one thing", "mend it", "a").Items.AsEnumerable());
    }

    [Fact]
    public void A_warning_stays_a_warning_where_it_is_accepted()
    {
        var warning = CheckResult.Warning("hm", "look");

        Assert.Equal(warning, warning.WhenAccepted());
    }

    [Fact]
    public void A_refusal_cannot_be_accepted() => Assert.Null(CheckResult.Refused("no", "mend it").WhenAccepted());

    [Fact]
    public void A_refusal_that_may_be_accepted_is_a_warning_then_with_the_same_words()
    {
        var refusal = CheckResult.RefusedUnlessAccepted("headers are lost", "accept it", "images");

        var accepted = refusal.WhenAccepted()!;

        Assert.Equal(CheckOutcome.Refused, refusal.Outcome);
        Assert.Equal((CheckOutcome.Warning, "headers are lost", "accept it"), (accepted.Outcome, accepted.Found, accepted.Remedy));
        Assert.Equal(["images"], accepted.Items.AsEnumerable());
    }

    [Fact]
    public void What_passed_cannot_be_accepted_since_nothing_is_to_be_accepted() => Assert.Null(CheckResult.Passed("well").WhenAccepted());
}
