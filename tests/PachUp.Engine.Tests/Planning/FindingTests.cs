using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

public class FindingTests
{
    private static readonly CheckResult Acceptable = CheckResult.RefusedUnlessAccepted("something is lost", "accept it");

    [Fact]
    public void An_acceptable_refusal_becomes_a_warning_if_the_plan_names_its_check()
    {
        var accepted = Of(Acceptable).AcceptedBy(new HashSet<string> { "some-check" });

        Assert.Equal((CheckOutcome.Warning, true), (accepted.Result.Outcome, accepted.Accepted));
    }

    [Fact]
    public void A_refusal_stays_if_the_plan_names_only_other_checks()
    {
        Assert.Equal(Of(Acceptable), Of(Acceptable).AcceptedBy(new HashSet<string> { "other" }));
    }

    [Fact]
    public void Other_refusals_cannot_be_accepted()
    {
        var finding = Of(CheckResult.Refused("no", ""));

        Assert.Equal(finding, finding.AcceptedBy(new HashSet<string> { "some-check" }));
    }

    private static Finding Of(CheckResult result) => new("some-check", "", result, Accepted: false);
}
