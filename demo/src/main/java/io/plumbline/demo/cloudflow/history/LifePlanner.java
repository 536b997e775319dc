package io.plumbline.demo.cloudflow.history;

import io.plumbline.demo.cloudflow.history.Plan.Interval;
import io.plumbline.demo.cloudflow.history.Prospect.Exit;
import io.plumbline.demo.cloudflow.history.Prospect.Group;
import io.plumbline.demo.cloudflow.history.Prospect.Role;
import io.plumbline.demo.cloudflow.history.Prospect.Stint;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans who comes, leaves and returns in which month, so that the counts of every segment come out
 * as the targets say.
 */
final class LifePlanner {
  private static final int COHORT = Timeline.COHORT_MONTH;
  private static final int OPEN = Timeline.MONTHS;
  private static final double BACK_AND_FORTH = 0.03;
  private static final double RETURNED = 0.06;
  private static final double LEAVES_AT_ONCE = 0.042;
  private static final double BRIEF_LEAVES_AT_ONCE = 0.13;

  private final Targets targets;
  private final Dice dice;

  LifePlanner(Targets targets, Dice dice) {
    this.targets = targets;
    this.dice = dice;
  }

  List<Prospect> plan() {
    List<Prospect> prospects = new ArrayList<>();
    for (Segment segment : Segment.values()) {
      plan(segment, prospects);
    }
    return prospects;
  }

  private void plan(Segment segment, List<Prospect> prospects) {
    Segment.Flow flow = segment.flow();
    int lost = targets.count(flow.lost());
    int stays = targets.count(flow.cohort()) - lost;
    int fresh = targets.count(segment.size().paying()) - stays;
    List<Prospect> special = special(segment);
    prospects.addAll(special);
    repeat(stays - special.size(), () -> prospects.add(stays(segment)));
    for (int i = 0; i < lost; i++) {
      prospects.add(lost(segment, exit(segment, i)));
    }
    repeat(fresh, () -> prospects.add(fresh(segment)));
    repeat(targets.count(flow.before()), () -> prospects.add(before(segment)));
    repeat(targets.count(flow.brief()), () -> prospects.add(brief(segment)));
  }

  private static void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }

  private List<Prospect> special(Segment segment) {
    List<Prospect> special = new ArrayList<>();
    special.add(steady(segment, Role.BALANCES_SEGMENT, Currency.USD, dice.between(1, 8)));
    if (segment == Segment.MID_MARKET) {
      special.add(steady(segment, Role.TENANT, Currency.USD, 0));
      special.add(steady(segment, Role.BILLED_DIFFERENTLY, Currency.USD, dice.between(1, 8)));
      for (Currency currency : List.of(Currency.EUR, Currency.GBP, Currency.JPY)) {
        special.add(steady(segment, Role.BALANCES_CURRENCY, currency, dice.between(1, 8)));
      }
    }
    return special;
  }

  private static Prospect steady(Segment segment, Role role, Currency currency, int from) {
    return new Prospect(
        segment,
        Group.STAYS,
        role,
        List.of(new Stint(from, OPEN)),
        Interval.MONTHLY,
        currency,
        Exit.CANCELS);
  }

  private Prospect stays(Segment segment) {
    int from = dice.between(0, COHORT);
    Interval interval = interval(segment);
    if (interval == Interval.MONTHLY && from < COHORT - 5 && dice.chance(BACK_AND_FORTH)) {
      return prospect(segment, Group.STAYS, interruptedStay(from), interval, Exit.CANCELS);
    }
    return prospect(segment, Group.STAYS, List.of(new Stint(from, OPEN)), interval, Exit.CANCELS);
  }

  /** A break that is over when the cohort is counted, or begins after it. */
  private List<Stint> interruptedStay(int from) {
    int pause =
        dice.chance(0.5) ? dice.between(from + 2, COHORT - 3) : dice.between(COHORT + 2, OPEN - 6);
    int back = pause <= COHORT ? dice.between(pause + 1, COHORT) : pause + dice.between(1, 3);
    return List.of(new Stint(from, pause), new Stint(back, OPEN));
  }

  private Prospect lost(Segment segment, Exit exit) {
    int from = dice.between(0, COHORT);
    Interval interval = exit == Exit.CANCELS ? interval(segment) : Interval.MONTHLY;
    int to = lostIn(from, interval, exit);
    return prospect(segment, Group.LOST, List.of(new Stint(from, to)), interval, exit);
  }

  /** A contract of more than a month ends with one of its terms. */
  private int lostIn(int from, Interval interval, Exit exit) {
    if (exit != Exit.CANCELS) {
      return dice.between(OPEN - 2, OPEN - 1);
    }
    int months = interval.months();
    int first = Math.floorDiv(COHORT - from, months) + 1;
    int last = Math.floorDiv(OPEN - 1 - from, months);
    return from + months * dice.between(first, last);
  }

  private Exit exit(Segment segment, int index) {
    if (segment != Segment.SMB && segment != Segment.SELF_SERVE) {
      return Exit.CANCELS;
    }
    int paused = targets.some(17);
    int unpaid = targets.some(6.5);
    return index < paused
        ? Exit.PAUSES
        : index < paused + unpaid ? Exit.STOPS_PAYING : Exit.CANCELS;
  }

  private Prospect fresh(Segment segment) {
    int from = dice.between(COHORT + 1, OPEN - 1);
    if (dice.chance(RETURNED)) {
      int earlier = dice.between(0, 12);
      Stint first = new Stint(earlier, earlier + dice.between(3, 9));
      return prospect(
          segment,
          Group.FRESH,
          List.of(first, new Stint(from, OPEN)),
          Interval.MONTHLY,
          Exit.CANCELS);
    }
    return prospect(
        segment, Group.FRESH, List.of(new Stint(from, OPEN)), interval(segment), Exit.CANCELS);
  }

  private Prospect before(Segment segment) {
    int from = dice.between(0, COHORT - 2);
    if (dice.chance(LEAVES_AT_ONCE)) {
      return monthly(segment, Group.BEFORE, new Stint(from, from));
    }
    if (from <= COHORT - 12 && interval(segment) == Interval.ANNUAL) {
      return prospect(
          segment,
          Group.BEFORE,
          List.of(new Stint(from, from + 12)),
          Interval.ANNUAL,
          Exit.CANCELS);
    }
    int to = from + 1 + (int) (-7 * StrictMath.log(1 - dice.uniform()));
    return monthly(
        segment, Group.BEFORE, new Stint(from, to <= COHORT ? to : dice.between(from + 1, COHORT)));
  }

  private Prospect brief(Segment segment) {
    int from = dice.between(COHORT + 1, OPEN - 2);
    int to = dice.chance(BRIEF_LEAVES_AT_ONCE) ? from : dice.between(from + 1, OPEN - 1);
    return monthly(segment, Group.BRIEF, new Stint(from, to));
  }

  private Prospect monthly(Segment segment, Group group, Stint stint) {
    return prospect(segment, group, List.of(stint), Interval.MONTHLY, Exit.CANCELS);
  }

  private Prospect prospect(
      Segment segment, Group group, List<Stint> stints, Interval interval, Exit exit) {
    return new Prospect(segment, group, Role.NONE, stints, interval, currency(dice), exit);
  }

  private Interval interval(Segment segment) {
    double draw = dice.uniform();
    double annual = segment == Segment.ENTERPRISE ? 0.86 : 0.245;
    double quarterly = segment == Segment.ENTERPRISE ? 0.05 : 0.072;
    return draw < annual
        ? Interval.ANNUAL
        : draw < annual + quarterly ? Interval.QUARTERLY : Interval.MONTHLY;
  }

  static Currency currency(Dice dice) {
    double draw = dice.uniform();
    return draw < 0.09
        ? Currency.EUR
        : draw < 0.13 ? Currency.GBP : draw < 0.133 ? Currency.JPY : Currency.USD;
  }
}
